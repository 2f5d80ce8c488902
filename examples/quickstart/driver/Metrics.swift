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
}
