import AuctionTypes

/// Who changes a key, and when.
package struct KeyWrite: Sendable {
  /// Who asks; sees and changes keys within the own scope alone.
  package let principal: Principal
  /// The request's id in the logs.
  package let requestID: String
  package let time: WallTime
  /// Whether all is checked and nothing changed.
  package let validateOnly: Bool

  package init(principal: Principal, requestID: String, time: WallTime, validateOnly: Bool) {
    self.principal = principal
    self.requestID = requestID
    self.time = time
    self.validateOnly = validateOnly
  }

  /// The entry that tells of it.
  func entry(_ action: String, _ before: AccessKey?, _ after: AccessKey?) throws -> AuditEntry {
    let key = after ?? before
    return AuditEntry(
      time: time, keyID: principal.keyID, requestID: requestID, action: "key.\(action)",
      advertiser: key?.scope.soleAdvertiser, object: "keys/\(key?.id ?? "")",
      before: try before?.auditJSON(), after: try after?.auditJSON())
  }
}
