/// What may be spent; nil is unlimited at this level.
package struct Budget: Sendable, Equatable {
  /// Micros over the whole flight.
  package let totalMicros: Int64?
  /// Micros in each day of the campaign's time zone.
  package let dailyMicros: Int64?

  /// No limit at this level.
  package static let unlimited = Budget(totalMicros: nil, dailyMicros: nil)

  /// A budget of these limits.
  package init(totalMicros: Int64? = nil, dailyMicros: Int64? = nil) {
    self.totalMicros = totalMicros
    self.dailyMicros = dailyMicros
  }
}
