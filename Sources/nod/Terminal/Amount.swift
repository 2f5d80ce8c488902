/// Amounts of money for people.
enum Amount {
  /// Micros as units with two decimals, or more where they would be lost: `2.50`, `0.001234`.
  static func text(micros: Int64) -> String {
    let digits = String(micros.magnitude)
    let padded = String(repeating: "0", count: max(0, 7 - digits.utf8.count)) + digits
    var fraction = padded.suffix(6)
    while fraction.utf8.count > 2, fraction.last == "0" { fraction.removeLast() }
    return (micros < 0 ? "-" : "") + padded.dropLast(6) + "." + fraction
  }
}
