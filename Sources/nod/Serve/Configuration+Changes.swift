extension Configuration {
  /// The keys whose values another configuration has changed, in the order of the file.
  func changes(from other: Configuration) -> [String] {
    var changes: [String] = []
    func compare<Value: Equatable>(_ path: KeyPath<Configuration, Value>, _ key: String) {
      if self[keyPath: path] != other[keyPath: path] { changes.append(key) }
    }
    compare(\.dataDirectory, "data_dir")
    compare(\.documents, "documents")
    compare(\.bidder.listen, "bidder.listen")
    compare(\.bidder.workers, "bidder.workers")
    compare(\.bidder.publicURL, "bidder.public_url")
    compare(\.bidder.publicURLTLS, "bidder.public_url_tls")
    compare(\.bidder.tls, "bidder.tls")
    compare(\.bidder.maxBodyBytes, "bidder.max_body_bytes")
    compare(\.bidder.busyPollMicroseconds, "bidder.busy_poll_us")
    compare(\.bidder.noticeKeyFile, "bidder.notice_key_file")
    compare(\.control.listen, "control.listen")
    compare(\.control.tokenFile, "control.token_file")
    compare(\.audience, "audience")
    changes += exchangeChanges(from: other)
    compare(\.noticeRetentionMilliseconds, "notice_retention")
    compare(\.currencies, "currencies")
    compare(\.privacy, "privacy")
    compare(\.log, "log")
    return changes
  }

  private func exchangeChanges(from other: Configuration) -> [String] {
    guard exchanges.map(\.name) == other.exchanges.map(\.name) else { return ["exchanges"] }
    return exchanges.indices.filter { exchanges[$0] != other.exchanges[$0] }
      .map { "exchanges[\($0)]" }
  }
}
