/// What the counting of line items may cost, and why.
enum FunnelLimits {
  /// A worker spends at most one part in so many of its time on it: 0.25 %.
  static let shareOfTime: UInt64 = 400
  /// What judging a request takes beside its line items.
  static let requestNanoseconds: UInt64 = 5_000
  /// What it takes for each line item of the catalog.
  static let lineItemNanoseconds: UInt64 = 16
  /// So much time may be saved up: short bursts and quiet servers are counted request by request.
  static let savedNanoseconds: UInt64 = 10_000_000_000
}
