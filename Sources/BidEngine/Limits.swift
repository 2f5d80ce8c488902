/// The decision's limits.
package enum EngineLimits {
  /// Ids of a request that are looked up: buyeruid, user.id, ifa, and as many of `eids` as a
  /// request holds in practice (exchanges send up to about 15); those after them are left out.
  package static let userIDs = 32
  /// Bids of a response: each impression's open bids and deals; more are left out.
  package static let bids = 128
  /// Spaces of user ids that the configuration may name.
  package static let idSpaces = 64
}
