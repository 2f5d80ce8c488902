/// What `nod doctor` takes for enough, and why.
enum DoctorLimits {
  /// Open files beside the connections of exchanges: the control plane's connections, the index,
  /// the journal, the event log, uploads.
  static let filesBesideConnections = 1_024
  /// The bit of `CAP_SYS_NICE` (capabilities(7)).
  static let rightToPriorities = 23
  /// The backlog that the listeners ask for.
  static let backlog = 4_096
  /// Bytes free on the disk below which a server does not get far: two files of events, a
  /// checkpoint and a segment of the journal.
  static let leastFreeBytes = 1 << 30
  /// Bytes free below which a day of a thousand bids a second does not fit.
  static let comfortableFreeBytes = 10 << 30
  /// Files that may still be made.
  static let leastFreeFiles = 10_000
  /// Times that a write is forced to the disk.
  static let syncRounds = 40
  /// Bytes of such a write: a usual group commit.
  static let syncBytes = 4_096
  /// Milliseconds of a median write from which notices wait longer than exchanges like.
  static let slowSyncMilliseconds = 10.0
  /// Milliseconds from which notices come near their limit of 5 s under load.
  static let brokenSyncMilliseconds = 500.0
  /// Microseconds that the clock may be off: flights and days change at the wrong second beyond.
  static let clockErrorMicroseconds = 1_000_000
  /// Parts of a thousand of its time that a virtual machine's processors were taken away for.
  static let stealPerMille = 20
}
