import AuctionTypes
import ControlStore
import GRDB

/// The SQL of a report: adds up by numbers in the order of the table's key first, then by names.
struct DeliveryStatement {
  let query: DeliveryQuery
  let limit: Int
  private(set) var sql = ""
  private(set) var arguments: [(any DatabaseValueConvertible)?] = []

  init(_ query: DeliveryQuery, limit: Int) {
    self.query = query
    self.limit = limit
    sql = "WITH part AS (\(parts.joined(separator: " UNION ALL ")))\n" + select
    arguments.append(limit)
  }

  // MARK: Numbers

  private var columns: [String] { ["account"] + query.groupBy.compactMap(\.column) }

  private var parts: [String] {
    mutating get {
      let columns = columns.joined(separator: ", ")
      let delivery = """
        SELECT \(columns), 0 AS requests, sum(bids) AS bids, sum(wins) AS wins,
          sum(impressions) AS impressions, sum(clicks) AS clicks,
          sum(spend_nanos) AS spend, sum(late_nanos) AS late
        FROM delivery\(conditions(true)) GROUP BY \(grouping)
        """
      guard query.hasMatched else { return [delivery] }
      return [
        delivery,
        """
        SELECT \(columns), sum(requests), 0, 0, 0, 0, 0, 0
        FROM delivery_matched\(conditions(false)) GROUP BY \(grouping)
        """,
      ]
    }
  }

  /// In the order of the key, so that SQLite need not sort where it can be helped.
  private var grouping: String {
    let order = ["day", "account", "hour", "creative", "exchange", "size"]
    return order.filter { columns.contains($0) }.joined(separator: ", ")
  }

  private mutating func conditions(_ isDelivery: Bool) -> String {
    var terms: [String] = []
    if let from = query.from { terms.append(condition("day >= ?", Int64(from.rawValue))) }
    if let to = query.to { terms.append(condition("day < ?", Int64(to.rawValue))) }
    if let accounts { terms.append("account IN (\(accounts))") }
    if isDelivery {
      if let creative = query.creative {
        terms.append(
          condition(
            "creative IN (SELECT number FROM delivery_creatives WHERE creative = ?)", creative))
      }
      if let exchange = query.exchange {
        terms.append(
          condition(
            "exchange IN (SELECT number FROM delivery_exchanges WHERE exchange = ?)", exchange))
      }
      if let size = query.size { terms.append(condition("size = ?", size.packed)) }
    }
    return terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND ")
  }

  /// The accounts that the scope and the names leave; nil for all.
  private var accounts: String? {
    mutating get {
      var terms: [String] = []
      if case .only(let advertisers) = query.scope {
        let marks = advertisers.map { _ in "?" }.joined(separator: ", ")
        terms.append("advertiser IN (\(marks))")
        arguments += advertisers.sorted().map { $0 as any DatabaseValueConvertible }
      }
      let names = [
        ("advertiser", query.advertiser), ("campaign", query.campaign),
        ("line_item", query.lineItem),
      ]
      for (column, name) in names {
        if let name { terms.append(condition("\(column) = ?", name)) }
      }
      if terms.isEmpty { return nil }
      return "SELECT number FROM delivery_accounts WHERE " + terms.joined(separator: " AND ")
    }
  }

  private mutating func condition(
    _ text: String, _ argument: any DatabaseValueConvertible
  ) -> String {
    arguments.append(argument)
    return text
  }

  // MARK: Names

  private var select: String {
    let values = query.groupBy.map(\.value)
    let groups = values + owners + ["currency"]
    let needsCreative = query.groupBy.contains(.creative)
    let needsExchange = query.groupBy.contains(.exchange)
    return """
      SELECT \((values + owners).map { $0 + ", " }.joined())coalesce(a.currency, '') AS currency,
        sum(requests), sum(bids), sum(wins), sum(impressions), sum(clicks),
        sum(spend / 1000000000), sum(spend % 1000000000),
        sum(late / 1000000000), sum(late % 1000000000), min(a.created)
      FROM part LEFT JOIN delivery_accounts a ON a.number = part.account
      \(needsCreative ? "LEFT JOIN delivery_creatives c ON c.number = part.creative" : "")
      \(needsExchange ? "LEFT JOIN delivery_exchanges e ON e.number = part.exchange" : "")
      GROUP BY \(groups.joined(separator: ", ")) ORDER BY \(groups.joined(separator: ", ")) LIMIT ?
      """
  }

  /// Ids are unique within an advertiser alone, so objects of several that have the same are told
  /// apart by these, and plans are found: advertiser, campaign, line item.
  var owners: [String] {
    let dimensions = query.groupBy
    let isOwned = dimensions.contains { [.campaign, .lineItem, .creative].contains($0) }
    return [
      isOwned ? DeliveryDimension.advertiser.value : "''",
      dimensions.contains { [.campaign, .lineItem].contains($0) }
        ? DeliveryDimension.campaign.value : "''",
    ]
  }
}
