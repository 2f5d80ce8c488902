/// What is shown: a banner's markup and size.
package struct Creative: Sendable, Equatable {
  /// The kind of ad.
  package enum Format: String, Sendable, CaseIterable {
    /// HTML of a fixed size.
    case banner
  }

  /// Unique among the advertiser's creatives.
  package let id: String
  /// The kind of ad.
  package let format: Format
  /// Width in pixels.
  package let widthPixels: Int
  /// Height in pixels.
  package let heightPixels: Int
  /// The HTML, with macros as written.
  package let markup: String
  /// Where a click leads: an http or https URL.
  package let landingURL: String
  /// Creative attributes (AdCOM list, OpenRTB 2.5 section 5.3), for `battr`.
  package let attributes: [Int]
  /// Whether an impression with `secure` = 1 may show it: not declared insecure, and no asset of
  /// its markup is loaded over http. Clicks go through Nod's own URL, whatever the landing URL is.
  package let isSecure: Bool
  /// Ids that exchanges know the creative by, by exchange name.
  package let exchangeIDs: [String: String]

  /// A creative of these parts.
  package init(
    id: String, format: Format = .banner, widthPixels: Int, heightPixels: Int, markup: String,
    landingURL: String, attributes: [Int] = [], isSecure: Bool = true,
    exchangeIDs: [String: String] = [:]
  ) {
    self.id = id
    self.format = format
    self.widthPixels = widthPixels
    self.heightPixels = heightPixels
    self.markup = markup
    self.landingURL = landingURL
    self.attributes = attributes
    self.isSecure = isSecure
    self.exchangeIDs = exchangeIDs
  }
}
