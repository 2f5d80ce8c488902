import AuctionTypes

/// A place by the fields of OpenRTB's geo object (2.5 section 3.2.19); those set must all match.
package struct GeoTarget: Sendable, Equatable {
  /// The country.
  package let country: CountryCode?
  /// The region without its country: `CA` for `US-CA`; upper case.
  package let region: String?
  /// The city's name.
  package let city: String?
  /// The metro code, such as a Nielsen DMA number.
  package let metro: String?
  /// The postal code.
  package let zip: String?

  /// A place of these fields; the region is taken without its country and in upper case.
  package init(
    country: CountryCode? = nil, region: String? = nil, city: String? = nil, metro: String? = nil,
    zip: String? = nil
  ) {
    self.country = country
    self.region = region
    self.city = city
    self.metro = metro
    self.zip = zip
  }
}
