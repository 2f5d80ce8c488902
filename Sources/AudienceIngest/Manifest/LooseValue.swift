/// A value of a text that is nearly JSON.
indirect enum LooseValue: Equatable, Sendable {
  /// Keys and values in their order; a key may stand twice.
  case map([Entry])
  case list([LooseValue])
  /// A string, number or word, without its quotes.
  case scalar(String)

  struct Entry: Equatable, Sendable {
    var key: String
    var value: LooseValue
  }

  /// The first value of a key, compared without case, or nil.
  subscript(key: String) -> LooseValue? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key.lowercased() == key.lowercased() }?.value
  }

  /// The text of a scalar, or nil.
  var text: String? {
    guard case .scalar(let text) = self else { return nil }
    return text
  }
}
