/// What a report of delivery can be grouped by.
package enum DeliveryDimension: String, CaseIterable, Sendable {
  case advertiser, campaign
  case lineItem = "line_item"
  case creative, exchange, size, hour, day

  /// Whether matched requests are known by it: they are counted before a creative is chosen.
  var isOfMatched: Bool {
    switch self {
    case .advertiser, .campaign, .lineItem, .hour, .day: true
    case .creative, .exchange, .size: false
    }
  }

  /// Its column in the tables; the names of accounts follow from the account.
  var column: String? {
    switch self {
    case .advertiser, .campaign, .lineItem: nil
    case .creative, .exchange, .size, .hour, .day: rawValue
    }
  }

  /// Its value for people or, of times and sizes, the number.
  var value: String {
    switch self {
    case .advertiser: "coalesce(a.advertiser, '')"
    case .campaign: "coalesce(a.campaign, '')"
    case .lineItem: "coalesce(a.line_item, '')"
    case .creative: "coalesce(c.creative, '')"
    case .exchange: "coalesce(e.exchange, '')"
    case .size, .hour, .day: "part.\(rawValue)"
    }
  }
}
