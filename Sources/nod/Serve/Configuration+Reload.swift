extension Configuration {
  /// A new configuration as far as a running server can take it over, and the keys where it
  /// cannot: sockets, threads, folders and feeds stay what they were at the start.
  func merged(intoRunning running: Configuration) -> (merged: Configuration, kept: [String]) {
    var merged = self
    var kept: [String] = []
    func keep<Value: Equatable>(_ path: WritableKeyPath<Configuration, Value>, _ key: String) {
      guard merged[keyPath: path] != running[keyPath: path] else { return }
      merged[keyPath: path] = running[keyPath: path]
      kept.append(key)
    }
    keep(\.dataDirectory, "data_dir")
    keep(\.bidder.listen, "bidder.listen")
    keep(\.bidder.workers, "bidder.workers")
    keep(\.bidder.maxBodyBytes, "bidder.max_body_bytes")
    keep(\.bidder.busyPollMicroseconds, "bidder.busy_poll_us")
    keep(\.bidder.noticeKeyFile, "bidder.notice_key_file")
    keep(\.noticeRetentionMilliseconds, "notice_retention")
    keep(\.control.listen, "control.listen")
    keep(\.audience, "audience")
    if exchanges.map({ $0.name }) == running.exchanges.map({ $0.name }) {
      for index in exchanges.indices {
        keep(\.exchanges[index].noBid, "exchanges[\(index)].no_bid")
        keep(\.exchanges[index].idSpace, "exchanges[\(index)].id_space")
        keep(\.exchanges[index].hasTestHeader, "exchanges[\(index)].test_header")
      }
    } else {
      keep(\.exchanges, "exchanges")
    }
    return (merged, kept)
  }
}
