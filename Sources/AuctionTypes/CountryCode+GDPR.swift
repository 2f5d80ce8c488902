extension CountryCode {
  /// Whether the GDPR or its counterpart is the law: the European Economic Area, the United
  /// Kingdom, Switzerland.
  ///
  /// - Complexity: O(1): a scan of 32 words.
  package var isUnderGDPR: Bool {
    for index in Self.underGDPR.indices where Self.underGDPR[index] == rawValue { return true }
    return false
  }

  private static let underGDPR: InlineArray<32, UInt32> = {
    let codes: StaticString = """
      AUTBELBGRHRVCYPCZEDNKESTFINFRADEUGRCHUNIRLITALVALTULUXMLTNLDPOLPRTROUSVKSVNESPSWE\
      ISLLIENORGBRCHE
      """
    let letters = Array(codes.description.utf8)
    return InlineArray { index in
      let first = index * 3
      return CountryCode(
        letters: letters[first], letters[first + 1], letters[first + 2])?.rawValue ?? 0
    }
  }()
}
