import OpenRTB

/// The decision's limits.
package enum EngineLimits {
  /// Ids of a request that are looked up: buyeruid, user.id, ifa, and all that a request may have
  /// in `eids`, because each of them may be suppressed.
  package static let userIDs = 3 + RequestLimits.userIDs
  /// Bytes of the constant parts and URLs of a response's bids; what is beside them is below 1 KiB
  /// a bid.
  /// A bid that would not fit is left out, so that one large creative does not silence the others.
  package static let bidBytes = 216 << 10
  /// Bids of a response: each impression's open bids and deals; more are left out.
  package static let bids = 128
  /// Bids of a worker in one start, a little less than the 40 bits of a notice token: 63 days at
  /// 200,000 a second; the rest is shed.
  package static let bidsOfWorker: UInt64 = 1 << 40 - 1 << 10
  /// Prices are below this many micros: a notice token has 48 bits for them.
  package static let priceMicros: Int64 = 1 << 48
  /// One request in so many is measured stage by stage: the clock is read a dozen times for it,
  /// which is 0.1 % of a request on the average.
  package static let requestsPerTiming = 1_024
  /// Rows of words that a worker makes for what waits to be taken at once: two a stage, and six
  /// stages at most (exchange, inventory, domain or app, geo, device type, os; the second half of
  /// a request has four, an impression two), or one for each wanted set of audience clauses; 12.5
  /// KB each.
  package static let ownRows = 12
  /// Spaces of user ids that the configuration may name.
  package static let idSpaces = 64
}
