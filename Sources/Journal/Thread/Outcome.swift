import LinuxIO
import Synchronization

/// A result that one thread waits for and another gives, once.
final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let given: EventSignal

  init() throws(Errno) { given = try EventSignal() }

  /// Gives the result; a later one counts for nothing.
  func give(_ value: Result<Value, any Error>) {
    result.withLock { if $0 == nil { $0 = value } }
    given.signal()
  }

  /// The result, once it is there; nil when the time is over.
  func wait(milliseconds: Int32) throws -> Result<Value, any Error>? {
    var poller = try Poller(capacity: 1)
    try poller.add(given.descriptor, token: 0)
    let end = Clock.monotonicNanoseconds() &+ UInt64(milliseconds) &* 1_000_000
    while true {
      if let result = result.withLock({ $0 }) { return result }
      let now = Clock.monotonicNanoseconds()
      guard now < end else { return nil }
      _ = poller.wait(timeoutMilliseconds: Int32(clamping: (end - now) / 1_000_000 + 1))
    }
  }
}
