import CampaignDocuments

/// What the desk needs of the process around it.
package struct DocumentPort: Sendable {
  /// What documents may refer to.
  package var known: @Sendable () -> KnownReferences
  /// Whether an advertiser ever spent, or has bids out that may.
  package var hasSpent: @Sendable (String) -> Bool
  /// The audience sources that are an advertiser's alone.
  package var sources: @Sendable (String) -> [String]
  /// Lets advertisers take effect; what is paused or lowered bids no more when it returns.
  package var publish: @Sendable ([Advertiser]) throws -> Void
  /// Tells the operator something, a line.
  package var log: @Sendable (String) -> Void

  package init(
    known: @escaping @Sendable () -> KnownReferences = { KnownReferences() },
    hasSpent: @escaping @Sendable (String) -> Bool = { _ in false },
    sources: @escaping @Sendable (String) -> [String] = { _ in [] },
    publish: @escaping @Sendable ([Advertiser]) throws -> Void = { _ in },
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.known = known
    self.hasSpent = hasSpent
    self.sources = sources
    self.publish = publish
    self.log = log
  }
}
