import AuctionTypes
import FixedMemory

/// A creative as the bid path sees it.
@usableFromInline
package struct CatalogCreative: BitwiseCopyable, Sendable {
  package let size: Size
  /// Whether an impression with `secure` = 1 may show it.
  package let isSecure: Bool
  /// Creative attributes below 64 as bits (AdCOM list: Creative Attributes), for `battr`.
  package let attributes: UInt64
  /// Those from 64 on, which are the exchanges' own: ``CampaignCatalog/attributeNumbers``.
  package let otherAttributes: IndexRange
  /// The banner types as bits (OpenRTB 2.6 section 5.2, AdCOM: Creative Subtypes), for `btype`.
  package let bannerTypes: UInt64
  /// The app that a click leads to, in lower case, for `bapp`; empty when it leads to no store.
  package let bundle: ByteSlice
  /// For each exchange, the constant members of the bid: ``CampaignCatalog/bidParts``.
  package let bidParts: IndexRange
  /// Its markup, cut where a click URL goes: ``CampaignCatalog/markupPieces``. The last one ends
  /// where the pixel's URL goes.
  package let markup: IndexRange
  /// The most bytes that the markup and all URLs of a bid take.
  package let markupBytes: UInt32
  /// Its number in notices.
  package let id: CreativeID
}
