import AuctionTypes
import Journal
import Synchronization

/// What the follower of the event log tells others.
package final class DeliveryStatus: Sendable {
  /// One moment.
  package struct Figures: Sendable, Equatable {
    /// All events before are counted; nil until the log was first read to its end.
    package var completeUntil: WallTime?
    /// Events counted since the start.
    package var events: UInt64 = 0
    /// Attempts that failed since the start.
    package var failures: UInt64 = 0
    /// What could not be counted, ever.
    package var losses = EventFollower.Losses()
  }

  private let state = Mutex(Figures())

  package init() {}

  package var figures: Figures { state.withLock { $0 } }

  func update(_ body: (inout Figures) -> Void) { state.withLock { body(&$0) } }
}
