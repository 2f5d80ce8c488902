import AuctionTypes

/// What became of a line item's requests over the last minutes.
package struct FunnelCounts: Sendable {
  /// When they begin; counters begin anew with the server.
  package var from: WallTime
  /// Until when they were counted: now.
  package var to: WallTime
  /// Requests by the reason that refused the line item.
  package var refused: [NoBidReason: UInt64]
  /// Requests that it bid on.
  package var bids: UInt64

  package init(from: WallTime, to: WallTime, refused: [NoBidReason: UInt64], bids: UInt64) {
    self.from = from
    self.to = to
    self.refused = refused
    self.bids = bids
  }

  /// All requests that the line item was judged for.
  var requests: UInt64 { refused.values.reduce(bids, +) }
}

/// How the control plane reads what the data plane counts of line items.
package struct FunnelPort: Sendable {
  /// The last minutes of `advertiser/campaign/line item`.
  package var counts: @Sendable (_ path: String, _ minutes: Int) -> FunnelCounts

  package init(counts: @escaping @Sendable (String, Int) -> FunnelCounts) {
    self.counts = counts
  }

  /// Of a server that counts nothing.
  static var none: FunnelPort {
    FunnelPort { _, _ in
      let start = WallTime(milliseconds: 0)
      return FunnelCounts(from: start, to: start, refused: [:], bids: 0)
    }
  }
}
