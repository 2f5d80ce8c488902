/// Reads the list of frequency caps of a campaign or line item.
struct FrequencyCapReader {
  private let context: LoadContext

  /// A reader for one set.
  init(context: LoadContext) {
    self.context = context
  }

  /// The caps of a campaign or line item that could be read; its own `allow_unidentified` counts
  /// for each cap that has none.
  func read(_ map: DocumentMap) -> [FrequencyCap] {
    let allows = map["allow_unidentified"]?.boolean() ?? false
    guard let reader = map["frequency_caps"] else { return [] }
    return reader.values(atMost: CampaignLimits.frequencyCaps) {
      cap($0, allowsUnidentified: allows)
    }
  }

  private func cap(_ reader: DocumentReader, allowsUnidentified: Bool) -> FrequencyCap? {
    guard let map = reader.map(keys: ["impressions", "per", "allow_unidentified"]) else {
      return nil
    }
    let impressions = map.required("impressions")?.integer(in: 1...CampaignLimits.capImpressions)
    return FrequencyCap(
      impressions: Int(impressions ?? 1),
      periodSeconds: map.required("per").flatMap(periodSeconds) ?? 60,
      allowsUnidentified: map["allow_unidentified"]?.boolean() ?? allowsUnidentified)
  }

  private func periodSeconds(_ reader: DocumentReader) -> Int64? {
    let range = CampaignLimits.capSeconds
    let milliseconds = reader.milliseconds(
      in: range.lowerBound * 1_000...range.upperBound * 1_000)
    guard let milliseconds else { return nil }
    guard milliseconds % 1_000 == 0 else {
      reader.fail("a period is in whole seconds")
      return nil
    }
    return milliseconds / 1_000
  }
}
