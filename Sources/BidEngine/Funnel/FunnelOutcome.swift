import AuctionTypes

/// What a request came to for a line item: a bid, or the stage that refused it.
@usableFromInline
package enum FunnelOutcome: Hashable, Sendable {
  case bid
  case refused(NoBidReason)

  /// How many there are.
  package static var count: Int { NoBidReason.allCases.count + 1 }

  /// In the order of the pipeline, from zero; a bid is the last.
  package var index: Int {
    switch self {
    case .bid: NoBidReason.allCases.count
    case .refused(let reason): Int(reason.rawValue)
    }
  }

  /// The outcome of an index.
  package init(index: Int) {
    self = NoBidReason(rawValue: UInt8(index)).map { .refused($0) } ?? .bid
  }

  /// Whether it fulfilled all that its line item asks of requests, so that it was priced.
  package var isMatched: Bool {
    switch self {
    case .bid: true
    case .refused(let reason): reason == .currency || reason.rawValue >= NoBidReason.price.rawValue
    }
  }
}
