/// Which jobs are asked for.
package struct UploadJobQuery: Sendable {
  /// Their sources; nil for all.
  package var sources: [String]?
  /// Their state; nil for all.
  package var state: UploadJob.State?
  /// A number that the page before ended with.
  package var before: Int64?
  /// Jobs at most.
  package var limit: Int

  package init(
    sources: [String]?, state: UploadJob.State?, before: Int64?, limit: Int
  ) {
    self.sources = sources
    self.state = state
    self.before = before
    self.limit = limit
  }
}

/// Some jobs, and where the next page starts.
package struct UploadJobPage: Sendable {
  package let jobs: [UploadJob]
  /// The number of each, for ``UploadJobQuery/before``.
  package let sequences: [Int64]
  /// For ``UploadJobQuery/before`` of the next page; nil behind the last.
  package let nextBefore: Int64?
}
