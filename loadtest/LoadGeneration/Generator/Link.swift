import LinuxIO

/// A connection of the generator: one request at a time, opened again after it ended.
struct Link: Sendable {
  /// What it is doing.
  enum Phase: Sendable {
    /// To be opened when ``retryAt`` is past.
    case closed
    case connecting
    /// Free for a request.
    case idle
    /// A request waits for its answer.
    case waiting
  }

  /// The open socket, if it is not closed.
  var descriptor = Descriptor.none
  /// What it is doing.
  var phase = Phase.closed
  /// Counts its sockets, so that an event of an earlier one is known.
  var generation: UInt32 = 0
  /// Whether it stands in the queue of the free, where it stays when it breaks.
  var isQueued = false
  /// Whether it carries notices.
  let isForNotices: Bool
  /// When the request was to be sent, on the monotonic clock.
  var planned: UInt64 = 0
  /// When it was written.
  var written: UInt64 = 0
  /// Since when it has been free.
  var freeSince: UInt64 = 0
  /// When it was opened, or began to be.
  var openedAt: UInt64 = 0
  /// When it may be opened again.
  var retryAt: UInt64 = 0
  /// Requests that it still takes.
  var requestsLeft = Int.max
  /// When it is closed at the latest.
  var closesAt = UInt64.max
  /// What has come of an answer that is not whole.
  var partial: [UInt8] = []
  /// What the kernel has not taken of the request.
  var unsent: [UInt8] = []

  /// A closed connection.
  init(isForNotices: Bool) { self.isForNotices = isForNotices }
}

/// Numbers of free connections, the longest free first.
struct FreeLinks: Sendable {
  private var numbers: [Int32]
  private var head = 0
  private(set) var count = 0

  /// Room for so many.
  init(capacity: Int) { numbers = [Int32](repeating: 0, count: max(1, capacity)) }

  /// The longest free, which stays.
  var first: Int? { count > 0 ? Int(numbers[head]) : nil }

  /// Adds one at the end.
  mutating func append(_ number: Int) {
    precondition(count < numbers.count)
    var place = head + count
    if place >= numbers.count { place -= numbers.count }
    numbers[place] = Int32(number)
    count += 1
  }

  /// Takes the longest free.
  mutating func popFirst() -> Int? {
    guard let number = first else { return nil }
    head = head + 1 == numbers.count ? 0 : head + 1
    count -= 1
    return number
  }
}
