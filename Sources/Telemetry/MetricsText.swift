/// Writes the Prometheus text format, version 0.0.4: families with their help, type and samples.
struct MetricsText {
  private(set) var text = ""

  /// The kinds of a family.
  enum Kind: String {
    case counter, gauge, histogram
  }

  /// Starts a family; its samples follow.
  mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// A sample; labels are written in the order given.
  mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: String) {
    text += name
    if !labels.isEmpty {
      let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
      text += "{\(pairs.joined(separator: ","))}"
    }
    text += " \(value)\n"
  }

  /// A histogram of durations, in seconds: buckets that nothing fell into since the one before are
  /// left out, which the format allows.
  ///
  /// - Parameter upperBound: the largest duration of a bucket in nanoseconds; nil for the last.
  mutating func histogram(
    _ name: String, _ labels: [(String, String)] = [], buckets: [UInt64], sumNanoseconds: UInt64,
    upperBound: (Int) -> UInt64? = DurationBuckets.upperBound
  ) {
    var total: UInt64 = 0
    for (index, count) in buckets.enumerated() {
      total += count
      guard count > 0, let bound = upperBound(index) else { continue }
      sample("\(name)_bucket", labels + [("le", Self.seconds(bound))], "\(total)")
    }
    sample("\(name)_bucket", labels + [("le", "+Inf")], "\(total)")
    sample("\(name)_sum", labels, Self.seconds(sumNanoseconds))
    sample("\(name)_count", labels, "\(total)")
  }

  /// Nanoseconds as decimal seconds, exact.
  static func seconds(_ nanoseconds: UInt64) -> String {
    let whole = nanoseconds / 1_000_000_000
    var fraction = String(nanoseconds % 1_000_000_000 + 1_000_000_000).dropFirst()
    while fraction.last == "0" { fraction = fraction.dropLast() }
    return fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)"
  }

  private static func escaped(_ value: String) -> String {
    var escaped = ""
    for character in value {
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
