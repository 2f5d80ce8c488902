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
}
