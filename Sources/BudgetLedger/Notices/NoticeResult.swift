/// What became of a notice: one for each, in `nod_notices_total`.
@frozen @usableFromInline
package enum NoticeResult: UInt8, CaseIterable, Sendable {
  /// Spend is booked, durably.
  case booked
  /// Spend is booked, durably, after the reservation's window or after a loss.
  case late
  /// The bid was booked before; nothing changes.
  case duplicate
  /// A win that started the window anew.
  case extended
  /// A loss that gave the reservation back.
  case released
  /// An event that books nothing and changes nothing here: a click, a repeated win, a loss after a
  /// win or a billing, an event that the exchange does not bill on.
  case counted
  /// The bid was a test.
  case test
  /// The price is `AUDIT`: a probe of the exchange.
  case audit
  /// Older than `notice_retention`.
  case expired
  /// The tag is not ours.
  case forged
  /// The journal cannot be written: answered 503.
  case unavailable

  /// The label in metrics.
  package var name: StaticString {
    switch self {
    case .booked: "booked"
    case .late: "late"
    case .duplicate: "duplicate"
    case .extended: "extended"
    case .released: "released"
    case .counted: "counted"
    case .test: "test"
    case .audit: "audit"
    case .expired: "expired"
    case .forged: "forged"
    case .unavailable: "unavailable"
    }
  }
}

/// What is odd about a notice's price, counted beside its result.
@frozen @usableFromInline
package enum PriceProblem: UInt8, CaseIterable, Sendable {
  /// Nothing.
  case none
  /// Empty, unexpanded, negative or unreadable: booked at the bid.
  case unreadable
  /// Above the bid: booked at the bid.
  case aboveBid
  /// Another than what the bid was booked at before.
  case changed

  /// The label `problem` of `nod_notice_price_problems_total`.
  package var name: StaticString {
    switch self {
    case .none: "none"
    case .unreadable: "unreadable"
    case .aboveBid: "above_bid"
    case .changed: "changed"
    }
  }
}
