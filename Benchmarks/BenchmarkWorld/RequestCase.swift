/// What is asked for, and by whom.
package enum RequestCase: String, CaseIterable, Sendable {
  /// All line items that match ask for segments, and nothing is known of the user.
  case noBidUnknown = "no-bid-unknown"
  /// The same for a user with some twenty segments, of which none will do.
  case noBidKnown = "no-bid-known"
  /// A bid for a user of whom nothing is known.
  case bidUnknown = "bid-unknown"
  /// A bid for a user with some twenty segments.
  case bidKnown = "bid-known"

  /// Whether the user is in the index.
  package var isKnown: Bool { self == .noBidKnown || self == .bidKnown }
  /// Whether the answer is a bid.
  package var expectsBid: Bool { self == .bidUnknown || self == .bidKnown }
  /// The exchange, by its place in ``DecisionWorld/exchanges``.
  package var exchange: Int { expectsBid ? 0 : 1 }
}
