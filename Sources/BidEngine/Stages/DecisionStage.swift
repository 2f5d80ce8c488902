/// A stage of the decision, as time and instructions are counted by.
package enum DecisionStage: UInt8, CaseIterable, Sendable {
  /// The body becomes a request.
  case decode
  /// Time, privacy, formats, currency.
  case screen
  /// Line items by what the request says of its place.
  case match
  /// Keys of the user's ids.
  case identify
  /// The user's segments.
  case lookUp
  /// Line items by the user's segments.
  case audience
  /// Line items by what an impression asks.
  case impression
  /// Prices, creatives and what is affordable, candidate by candidate.
  case rank
  /// The winner's amount from its escrow, the user's caps.
  case reserve
  /// What the notices will say.
  case token
  /// The response, with the notices' signatures.
  case encode
  /// Reservations and events, to the ledger and the log.
  case commit

  /// The name in metrics.
  package var name: String { self == .lookUp ? "look_up" : "\(self)" }
}
