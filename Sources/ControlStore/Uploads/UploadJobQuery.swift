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
  /// Bytes of reports after which the page ends.
  package var reportBytes: Int

  package init(
    sources: [String]?, state: UploadJob.State?, before: Int64?, limit: Int,
    reportBytes: Int = .max
  ) {
    self.sources = sources
    self.state = state
    self.before = before
    self.limit = limit
    self.reportBytes = reportBytes
  }
}

/// Some jobs, and where the next page starts.
package struct UploadJobPage: Sendable {
  package let jobs: [UploadJob]
  /// For ``UploadJobQuery/before`` of the next page; nil behind the last.
  package let nextBefore: Int64?
}
