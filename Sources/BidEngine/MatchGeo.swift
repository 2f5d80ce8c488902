import AuctionTypes
import CampaignCatalog
import FixedMemory
import OpenRTB

extension BidPipeline {
  /// Judges the place: for each set of fields that some line item names, one lookup.
  ///
  /// - Complexity: O(sets of fields), at most 31.
  static func matchGeo(
    _ request: borrowing BidRequest, _ body: RawSpan, _ catalog: borrowing CampaignCatalog,
    _ state: inout MatchState
  ) {
    state.begin(.geo)
    let geo = request.geo
    for index in catalog.geoShapes.indices {
      let shape = catalog.geoShapes[index]
      guard loadGeoKey(shape, geo, body, request.unescaped.bytes, &state),
        let slot = catalog.columns.slot(.geo, state.key.bytes)
      else { continue }
      state.apply(slot, catalog.columns)
    }
  }

  /// Writes the fields of a shape as ``TargetingKeys`` has them; false when one is absent.
  private static func loadGeoKey(
    _ shape: UInt8, _ geo: Geo, _ body: RawSpan, _ unescaped: RawSpan, _ state: inout MatchState
  ) -> Bool {
    state.key.removeAll()
    state.key.append(shape)
    if shape & TargetingKeys.GeoField.country != 0 {
      guard let country = geo.country else { return false }
      append(country, to: &state.key)
    }
    if shape & TargetingKeys.GeoField.region != 0 {
      let region = body.slice(geo.region, unescaped: unescaped)
      let start = countryPrefix(of: region)
      let code = region.slice(start, region.byteCount - start)
      if !append(code, to: &state) { return false }
    }
    return
      (shape & TargetingKeys.GeoField.city == 0
      || append(body.slice(geo.city, unescaped: unescaped), to: &state))
      && (shape & TargetingKeys.GeoField.metro == 0
        || append(body.slice(geo.metro, unescaped: unescaped), to: &state))
      && (shape & TargetingKeys.GeoField.zip == 0
        || append(body.slice(geo.zip, unescaped: unescaped), to: &state))
  }

  private static func append(_ country: CountryCode, to key: inout FixedBuffer) {
    key.append(UInt8(truncatingIfNeeded: country.rawValue >> 16).asciiLowercased)
    key.append(UInt8(truncatingIfNeeded: country.rawValue >> 8).asciiLowercased)
    key.append(UInt8(truncatingIfNeeded: country.rawValue).asciiLowercased)
    key.append(0)
  }

  private static func append(_ field: RawSpan, to state: inout MatchState) -> Bool {
    guard field.byteCount > 0, state.appendKey(field) else { return false }
    state.key.append(0)
    return true
  }

  /// The bytes before a region's own code: `US-CA` names the same region as `CA`.
  private static func countryPrefix(of region: RawSpan) -> Int {
    guard let dash = region.firstOffset(of: 0x2D) else { return 0 }
    let isCountry =
      dash == 2 && CountryCode(alpha2: region.byte(at: 0), region.byte(at: 1)) != nil
    return isCountry || dash == 3 ? dash + 1 : 0
  }
}
