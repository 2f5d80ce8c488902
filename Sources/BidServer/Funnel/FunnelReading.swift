import AuctionTypes
import BidEngine

/// What became of a line item's requests over some time.
package struct FunnelReading: Sendable, Equatable {
  /// How long ago it begins.
  package var nanoseconds: UInt64
  /// Requests by ``FunnelOutcome/index``.
  package var outcomes: [UInt64] = Array(repeating: 0, count: FunnelOutcome.count)

  /// Requests that came to an outcome.
  package subscript(outcome: FunnelOutcome) -> UInt64 { outcomes[outcome.index] }

  /// All requests that the line item was judged for.
  package var requests: UInt64 { outcomes.reduce(0, +) }

  /// Adds a part of the time in which the line item was there.
  ///
  /// Requests that no line item was asked for count for it in proportion to how many of the others
  /// it was judged for: it may have been there for a part of the time only.
  mutating func add(own: [UInt64], unasked: [UInt64], requests: UInt64) {
    let asked = requests - min(requests, unasked.reduce(0, +))
    let judged = min(asked, own.reduce(0, +))
    for (index, count) in own.enumerated() { outcomes[index] += count }
    for (index, count) in unasked.enumerated() where count > 0 {
      let product = UInt128(count) * UInt128(judged)
      outcomes[index] += asked == 0 ? count : UInt64(product / UInt128(asked))
    }
  }
}
