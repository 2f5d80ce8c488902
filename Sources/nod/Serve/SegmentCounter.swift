import AuctionTypes
import AudienceIndex
import ControlPlane
import LinuxIO
import Synchronization

/// Counts the users of each segment when the index has changed, and rests after each count for
/// twenty times as long as it took: a twentieth of one processor at most.
final class SegmentCounter: Sendable {
  private struct State {
    var census: SegmentCensus?
    var notBefore: UInt64 = 0
  }

  private static let restFactor: UInt64 = 20

  private let store: AudienceStore
  private let state = Mutex(State())

  init(_ store: AudienceStore) { self.store = store }

  /// The last count.
  var census: SegmentCensus? { state.withLock { $0.census } }

  /// Counts, if anything changed and the rest is over; from one thread only.
  func countIfDue(isStopping: () -> Bool) {
    let started = Clock.monotonicNanoseconds()
    let generation = store.generation
    let isDue = state.withLock {
      $0.census?.generation != generation && started >= $0.notBefore
    }
    guard isDue, let counts = store.segmentCounts(isStopping: isStopping) else { return }
    let names = store.registry.names(from: 0)
    let segments = names.enumerated().compactMap { number, name in
      let users = counts[SegmentID(rawValue: UInt32(number))]
      return users > 0 ? SegmentCensus.Segment(name: name, users: users) : nil
    }
    let census = SegmentCensus(
      segments: segments, generation: counts.generation,
      counted: WallTime(milliseconds: Clock.realtimeMilliseconds()))
    let ended = Clock.monotonicNanoseconds()
    state.withLock {
      $0.census = census
      $0.notBefore = ended + (ended - started) * Self.restFactor
    }
  }
}
