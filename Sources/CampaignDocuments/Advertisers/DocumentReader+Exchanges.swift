extension DocumentReader {
  /// A map of words by exchange name, such as `seats`.
  func valuesByExchange(known: KnownReferences) -> [String: String] {
    var values: [String: String] = [:]
    for entry in namedValues(atMost: CampaignLimits.smallList) ?? [] {
      checkExchange(entry.name, line: entry.nameLine, at: entry.value.pointer, known: known)
      values[entry.name] = entry.value.word() ?? ""
    }
    return values
  }

  /// The name of an exchange in a list.
  func exchange(known: KnownReferences) -> String? {
    guard let name = word() else { return nil }
    checkExchange(name, line: line, at: pointer, known: known)
    return name
  }

  private func checkExchange(
    _ name: String, line: Int, at pointer: DocumentPointer, known: KnownReferences
  ) {
    guard let exchanges = known.exchanges, !exchanges.contains(name) else { return }
    let hint = NearestWord.hint(name, among: exchanges)
    log.record("unknown exchange `\(name.quotable)`\(hint)", line: line, at: pointer)
  }
}
