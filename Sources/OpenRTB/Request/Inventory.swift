import FixedMemory

/// Where the ad is shown: the first of `site`, `app` and `dooh` in the document.
@usableFromInline
package struct Inventory: Sendable, BitwiseCopyable {
  /// The kind of inventory.
  @frozen @usableFromInline
  package enum Kind: UInt8, Sendable {
    /// None of the three is an object.
    case unknown
    /// A website (OpenRTB 2.6 section 3.2.13).
    case site
    /// An app (section 3.2.14).
    case app
    /// A digital screen out of home (section 3.2.33).
    case dooh
  }

  /// The kind of inventory.
  @usableFromInline package var kind = Kind.unknown
  /// `id`, the exchange's.
  @usableFromInline package var id = Text.absent
  /// `domain`.
  @usableFromInline package var domain = Text.absent
  /// `page`, a URL.
  @usableFromInline package var page = Text.absent
  /// `bundle` of an app.
  @usableFromInline package var bundle = Text.absent
  /// `cat`, in ``BidRequest/texts``.
  @usableFromInline package var categories = ListSlice.empty
  /// `sectioncat`, in ``BidRequest/texts``.
  @usableFromInline package var sectionCategories = ListSlice.empty
  /// `pagecat`, in ``BidRequest/texts``.
  @usableFromInline package var pageCategories = ListSlice.empty
  /// `content.cat`, in ``BidRequest/texts``.
  @usableFromInline package var contentCategories = ListSlice.empty
  /// `content.language`.
  @usableFromInline package var contentLanguage = Text.absent
  /// `publisher.id`.
  @usableFromInline package var publisherID = Text.absent
  /// `publisher.domain`.
  @usableFromInline package var publisherDomain = Text.absent

  init() {}
}
