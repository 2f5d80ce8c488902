import AuctionTypes
import BudgetLedger
import FixedMemory

/// The counts of frequency caps on the disk: saved every minute and at a clean stop, so that a
/// crash loses what was counted within the last minute at most.
///
/// They are no money: a file that cannot be read is passed over.
enum CapsFile {
  static var name: String { "caps.bin" }

  /// Takes in what was saved; says what is wrong with it, if something is.
  ///
  /// - Complexity: O(bytes).
  static func load(
    into caps: CapTable, from disk: any JournalDisk, at time: WallTime
  ) throws -> String? {
    guard try disk.list().contains(name) else { return nil }
    let file = try disk.contents(of: name, limit: JournalLimits.checkpointBytes)
    let path = disk.path(of: name)
    if let problem = SealedFile.caps.problem(in: file.bytes, number: 0) {
      return "\(path): \(problem.reason): frequency caps start from nothing"
    }
    let payload = file.count - SealedFile.headBytes
    let isRead = caps.restore(from: file.bytes.slice(SealedFile.headBytes, payload), at: time)
    return isRead ? nil : "\(path): unreadable: frequency caps start from nothing"
  }

  /// Saves what is counted now.
  ///
  /// - Complexity: O(slots of the table).
  static func save(_ caps: CapTable, to disk: any JournalDisk) throws {
    var payload: [UInt8] = []
    caps.write(into: &payload)
    guard payload.count <= JournalLimits.checkpointBytes - SealedFile.headBytes else { return }
    try disk.put(name, [SealedFile.caps.head(number: 0, payload: payload), payload])
  }
}
