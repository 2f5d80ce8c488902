import CampaignDocuments

extension ConfigurationReader {
  private static let bidderKeys = [
    "listen", "workers", "public_url", "public_url_tls", "tls", "max_body_bytes",
    "notice_key_file", "busy_poll_us",
  ]

  /// The data plane's part.
  func bidder(_ reader: DocumentReader) -> BidderConfiguration {
    var bidder = BidderConfiguration()
    guard let map = reader.map(keys: Self.bidderKeys) else { return bidder }
    map["listen"]?.address(into: &bidder.listen)
    if let workers = map["workers"].flatMap(workers) { bidder.workers = workers }
    bidder.publicURL = map["public_url"]?.urlPrefix(schemes: ["http://", "https://"])
    bidder.publicURLTLS = map["public_url_tls"]?.urlPrefix(schemes: ["https://"])
    bidder.tls = context.effectless(map, "tls", as: "bidder.tls").flatMap(tls)
    if let bytes = map["max_body_bytes"]?.integer(in: ConfigurationLimits.bodyBytes) {
      bidder.maxBodyBytes = Int(bytes)
    }
    if let microseconds = map["busy_poll_us"]?.integer(in: ConfigurationLimits.busyPoll) {
      bidder.busyPollMicroseconds = Int(microseconds)
    }
    map["notice_key_file"]?.path(into: &bidder.noticeKeyFile)
    return bidder
  }

  private func workers(_ reader: DocumentReader) -> BidderConfiguration.Workers? {
    if case .scalar("auto", _) = reader.node.content { return .auto }
    guard case .scalar(let text, isPlain: true) = reader.node.content, Int64(text) != nil else {
      reader.wrongType("auto or a number of threads")
      return nil
    }
    return reader.integer(in: 1...ConfigurationLimits.workers).map { .count(Int($0)) }
  }

  private func tls(_ reader: DocumentReader) -> BidderConfiguration.TLS? {
    guard let map = reader.map(keys: ["listen", "certificate", "key"]) else { return nil }
    var tls = BidderConfiguration.TLS(
      listen: ListenAddress(host: "127.0.0.1", port: 8443), certificate: "", key: "")
    map.required("listen")?.address(into: &tls.listen)
    map.required("certificate")?.path(into: &tls.certificate)
    map.required("key")?.path(into: &tls.key)
    return tls
  }
}
