import AuctionTypes
import CampaignDocuments
import FixedMemory

/// How targeting values are written as keys of a ``ColumnTable``; requests are looked up alike.
package enum TargetingKeys {
  /// The fields of a place that are set, as bits.
  package enum GeoField {
    package static var country: UInt8 { 1 }
    package static var region: UInt8 { 2 }
    package static var city: UInt8 { 4 }
    package static var metro: UInt8 { 8 }
    package static var zip: UInt8 { 16 }
  }

  /// The fields that a place sets.
  static func shape(_ geo: GeoTarget) -> UInt8 {
    (geo.country == nil ? 0 : GeoField.country) | (geo.region == nil ? 0 : GeoField.region)
      | (geo.city == nil ? 0 : GeoField.city) | (geo.metro == nil ? 0 : GeoField.metro)
      | (geo.zip == nil ? 0 : GeoField.zip)
  }

  /// The shape as a byte, then each field that is set in lower case, each ended by a zero byte.
  static func geo(_ geo: GeoTarget) -> [UInt8] {
    var key = [shape(geo)]
    let country = geo.country.map { "\($0)" }
    for field in [country, geo.region, geo.city, geo.metro, geo.zip] {
      guard let field else { continue }
      key += ColumnTableBuilder.key(field)
      key.append(0)
    }
    return key
  }

  /// The number of a kind of inventory.
  static func inventory(_ inventory: Targeting.Inventory) -> UInt64 {
    switch inventory {
    case .site: 0
    case .app: 1
    case .dooh: 2
    }
  }

  /// The key of a size.
  package static func size(_ size: Size) -> UInt64 {
    UInt64(size.width) << 16 | UInt64(size.height)
  }

  /// The key of a seat on an exchange: the exchange's index as a byte, then the seat as it is.
  static func seat(_ seat: String, exchange: Int) -> [UInt8] {
    [UInt8(exchange)] + Array(seat.utf8)
  }

  /// A domain in lower case and all domains above it: `a.b.example`, `b.example`, `example`.
  static func domains(above domain: String) -> [String] {
    let labels = domain.lowercased().split(separator: ".")
    return labels.indices.map { labels[$0...].joined(separator: ".") }
  }

  /// A category and the one above it: `IAB25-3`, `IAB25`.
  static func categories(above category: String) -> [String] {
    guard let dash = category.firstIndex(of: "-") else { return [category] }
    return [category, String(category[..<dash])]
  }
}
