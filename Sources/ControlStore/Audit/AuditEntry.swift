import AuctionTypes

/// One write: who changed what, when, from what to what.
package struct AuditEntry: Sendable, Equatable {
  /// When it was made.
  package var time: WallTime
  /// The id of the key that made it.
  package var keyID: String
  /// The request's id in the logs; empty for what the server itself changed.
  package var requestID: String
  /// What was done, such as `line-item.update` or `key.create`.
  package var action: String
  /// The advertiser whose it is; nil for what belongs to none.
  package var advertiser: String?
  /// What was changed, such as `acme/line-items/acme-spring-retarget`.
  package var object: String
  /// The object before, as JSON; nil when there was none.
  package var before: String?
  /// The object after, as JSON; nil when there is none any more.
  package var after: String?

  package init(
    time: WallTime, keyID: String, requestID: String, action: String, advertiser: String?,
    object: String, before: String? = nil, after: String? = nil
  ) {
    self.time = time
    self.keyID = keyID
    self.requestID = requestID
    self.action = action
    self.advertiser = advertiser
    self.object = object
    self.before = before
    self.after = after
  }
}
