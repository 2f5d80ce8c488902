import AuctionTypes

/// Reads a place.
struct GeoTargetReader {
  private static let keys = ["country", "region", "city", "metro", "zip"]

  /// The place, or nil if the node is no map or names nothing.
  func read(_ reader: DocumentReader) -> GeoTarget? {
    guard let map = reader.map(keys: Self.keys) else { return nil }
    let country = map["country"].flatMap(self.country)
    let region = map["region"].flatMap { self.region($0, country: country) }
    let target = GeoTarget(
      country: country ?? region?.country, region: region?.code, city: map["city"]?.word(),
      metro: map["metro"]?.word(), zip: map["zip"]?.word())
    if Self.keys.allSatisfy({ map[$0] == nil }) {
      reader.fail("names no place; write one of \(Self.keys.joined(separator: ", "))")
    }
    return target
  }

  private func country(_ reader: DocumentReader) -> CountryCode? {
    guard let text = reader.word() else { return nil }
    if let code = CountryCode(assigned: text) { return code }
    let hint = text.uppercased() == "UK" ? "; did you mean `GBR`?" : ""
    reader.fail("`\(text.quotable)` is not a country of ISO 3166-1, such as FRA or FR\(hint)")
    return nil
  }

  /// A region's code and the country before its hyphen, as in `US-CA`.
  private func region(
    _ reader: DocumentReader, country: CountryCode?
  ) -> (code: String, country: CountryCode?)? {
    guard let text = reader.word()?.uppercased() else { return nil }
    if text.count > CampaignLimits.regionCharacters {
      reader.fail("longer than \(CampaignLimits.regionCharacters) characters")
    }
    let parts = text.split(separator: "-", maxSplits: 1)
    guard parts.count == 2, let prefix = CountryCode(assigned: String(parts[0])) else {
      return (text, nil)
    }
    if let country, country != prefix {
      reader.fail("the region `\(text.quotable)` is not in the country \(country)")
    }
    return (String(parts[1]), prefix)
  }
}
