import AuctionTypes
import Synchronization

@testable import ControlPlane

/// A clock that tests move.
final class ManualClock: Sendable {
  private let now = Mutex<Int64>(1_700_000_000_000)

  var clock: AccessClock {
    AccessClock(
      wall: { WallTime(milliseconds: self.now.withLock { $0 }) },
      milliseconds: { self.now.withLock { $0 } })
  }

  func advance(seconds: Int64) { now.withLock { $0 += seconds * 1_000 } }
}
