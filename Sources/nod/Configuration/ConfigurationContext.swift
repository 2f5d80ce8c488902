import CampaignDocuments

/// What the readers of one configuration file share.
final class ConfigurationContext {
  private let log: ProblemLog
  private var effectless: [String] = []

  /// The context of a file's readers.
  init(log: ProblemLog) {
    self.log = log
  }

  /// The value of a key that is checked but has no effect yet; its name is noted.
  func effectless(_ map: DocumentMap, _ key: String, as name: String) -> DocumentReader? {
    guard let reader = map[key] else { return nil }
    if !effectless.contains(name) { effectless.append(name) }
    return reader
  }

  /// Records the one warning about keys without effect, if there are any.
  func warnOfEffectlessKeys() {
    guard !effectless.isEmpty else { return }
    let names = effectless.sorted().map { "`\($0)`" }.joined(separator: ", ")
    log.record("checked, but without effect yet: \(names)", line: 0, severity: .warning)
  }
}
