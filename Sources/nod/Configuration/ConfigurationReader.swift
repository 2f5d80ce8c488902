import CampaignDocuments

/// Reads the root of a configuration file.
struct ConfigurationReader {
  private static let keys = [
    "data_dir", "documents", "bidder", "control", "audience", "exchanges", "notice_retention",
    "currencies", "privacy", "log",
  ]

  /// What the readers share.
  let context: ConfigurationContext

  /// The configuration, complete if no error was recorded.
  func read(_ root: DocumentReader) -> Configuration {
    var configuration = Configuration()
    // A file of comments alone is a configuration of defaults.
    guard !root.node.isNull, let map = root.map(keys: Self.keys) else { return configuration }
    map["data_dir"]?.path(into: &configuration.dataDirectory)
    configuration.documents = documents(map)
    if let reader = map["bidder"] { configuration.bidder = bidder(reader) }
    if let reader = map["control"] { configuration.control = control(reader) }
    if let reader = map["audience"] { configuration.audience = audience(reader) }
    configuration.exchanges = exchanges(map)
    map["notice_retention"]?.keepingTime(into: &configuration.noticeRetentionMilliseconds)
    if let reader = map["currencies"] { configuration.currencies = currencies(reader) }
    if let reader = map["privacy"] { configuration.privacy = privacy(reader) }
    if let reader = map["log"] { configuration.log = log(reader) }
    checkPorts(of: configuration, map: map)
    return configuration
  }

  private func documents(_ map: DocumentMap) -> [String] {
    var paths: [String] = []
    for element in map["documents"]?.list(atMost: DocumentLimits.files) ?? [] {
      guard let path = element.word(atMost: ConfigurationLimits.pathCharacters) else { continue }
      if paths.contains(path) { element.fail("repeated document `\(path.quotable)`") }
      paths.append(path)
    }
    return paths
  }

  private func control(_ reader: DocumentReader) -> ControlConfiguration {
    var control = ControlConfiguration()
    guard let map = reader.map(keys: ["listen", "token_file"]) else { return control }
    map["listen"]?.address(into: &control.listen)
    map["token_file"]?.path(into: &control.tokenFile)
    return control
  }

  private func log(_ reader: DocumentReader) -> LogConfiguration {
    var log = LogConfiguration()
    guard let map = reader.map(keys: ["level", "format"]) else { return log }
    if let level = map["level"]?.choice(of: LogConfiguration.Level.self) { log.level = level }
    if let format = map["format"]?.choice(of: LogConfiguration.Format.self) { log.format = format }
    return log
  }

  private func currencies(_ reader: DocumentReader) -> [String: Int64] {
    var rates: [String: Int64] = [:]
    for entry in reader.namedValues(atMost: ConfigurationLimits.currencies) ?? [] {
      guard CurrencyCodes.active.contains(entry.name) else {
        let hint = NearestWord.hint(entry.name, among: CurrencyCodes.active.sorted())
        entry.value.fail("`\(entry.name.quotable)` is not a currency code of ISO 4217\(hint)")
        continue
      }
      guard let rate = entry.value.fixedPoint(decimals: 9, in: ConfigurationLimits.rate) else {
        continue
      }
      if entry.name == "USD", rate != 1_000_000_000 {
        entry.value.fail("rates are in US dollars, so that of USD is 1")
      }
      rates[entry.name] = rate
    }
    return rates
  }

  private func checkPorts(of configuration: Configuration, map: DocumentMap) {
    let bidder = configuration.bidder.listen
    guard bidder.port != 0, bidder == configuration.control.listen else { return }
    (map["control"] ?? map.reader).fail("bidder and control both listen at \(bidder)")
  }
}
