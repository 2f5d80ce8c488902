import AuctionTypes

/// Which requests are judged: as many as a small share of the worker's time pays for, evenly over
/// time, and all of them while they are few.
struct FunnelBudget {
  /// When all that was judged so far is paid for.
  private var paidAt = Instant(nanoseconds: 0)

  /// Whether a request may be judged, and if so, that it is.
  @inline(__always)
  mutating func spend(at now: Instant, lineItems: Int) -> Bool {
    let most = now.nanoseconds &+ FunnelLimits.savedNanoseconds
    guard paidAt.nanoseconds <= most else { return false }
    let start = max(paidAt.nanoseconds, now.nanoseconds)
    paidAt = Instant(nanoseconds: start &+ Self.nanoseconds(lineItems: lineItems))
    return true
  }

  /// How much of a worker's time pays for one request.
  private static func nanoseconds(lineItems: Int) -> UInt64 {
    (FunnelLimits.requestNanoseconds &+ UInt64(lineItems) &* FunnelLimits.lineItemNanoseconds)
      &* FunnelLimits.shareOfTime
  }
}
