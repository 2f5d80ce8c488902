/// When a campaign runs: start inclusive, end exclusive; nil is open.
package struct Flight: Sendable, Equatable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package let startMilliseconds: Int64?
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package let endMilliseconds: Int64?

  /// Always.
  package static let open = Flight(startMilliseconds: nil, endMilliseconds: nil)

  /// A flight between two instants.
  package init(startMilliseconds: Int64? = nil, endMilliseconds: Int64? = nil) {
    self.startMilliseconds = startMilliseconds
    self.endMilliseconds = endMilliseconds
  }
}
