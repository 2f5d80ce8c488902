/// The bidder's counters, as Prometheus reads them.
struct Metrics {
  private let values: [Substring: Double]

  /// Reads Prometheus' text format.
  init(_ text: String) {
    var values: [Substring: Double] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let space = line.lastIndex(of: " ") else { continue }
      values[line[..<space]] = Double(line[line.index(after: space)...])
    }
    self.values = values
  }

  /// A series that must be there.
  func value(_ series: String) throws -> Int {
    guard let value = values[series[...]] else { throw Failure("/metrics has no \(series)") }
    return Int(value)
  }

  /// What a campaign of the quickstart's advertiser has spent.
  func spendMicros(ofCampaign campaign: String) throws -> Int {
    try value(#"nod_campaign_spend_micros_total{advertiser="acme",campaign="\#(campaign)"}"#)
  }
}
