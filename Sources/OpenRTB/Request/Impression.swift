import AuctionTypes
import FixedMemory

/// One element of `imp` (OpenRTB 2.6 section 3.2.4).
@usableFromInline
package struct Impression: Sendable, BitwiseCopyable {
  /// `id` as JSON, quotes included: written back as `impid`.
  @usableFromInline package var rawID = ByteSlice.empty
  /// `id` without quotes and escapes.
  @usableFromInline package var id = Text.absent
  /// `banner`; nil when it is absent or not an object.
  @usableFromInline package var banner: Banner? = nil
  /// Whether `video` is an object.
  @usableFromInline package var hasVideo = false
  /// Whether `audio` is an object.
  @usableFromInline package var hasAudio = false
  /// Whether `native` is an object.
  @usableFromInline package var hasNative = false
  /// `bidfloor`, rounded up to a micro; zero when absent or negative.
  @usableFromInline package var floor = CPM.zero
  /// `bidfloorcur`; USD when absent, ``AuctionTypes/CurrencyCode/unreadable`` when no code.
  @usableFromInline package var floorCurrency = CurrencyCode.usd
  /// `secure` = 1: https markup only.
  @usableFromInline package var isSecure = false
  /// `instl` = 1.
  @usableFromInline package var isInterstitial = false
  /// `exp` in seconds; nil when absent or not positive.
  @usableFromInline package var expirySeconds: Int32? = nil
  /// `pmp.private_auction` = 1: deals only.
  @usableFromInline package var isPrivateAuction = false
  /// `pmp.deals`, in ``BidRequest/deals``.
  @usableFromInline package var deals = ListSlice.empty

  init() {}
}

/// The banner that an impression may show (OpenRTB 2.6 section 3.2.6).
@usableFromInline
package struct Banner: Sendable, BitwiseCopyable {
  /// `format`, in ``BidRequest/formats``: those with `w` and `h`.
  @usableFromInline package var formats = ListSlice.empty
  /// `w` and `h`: the size where there are no formats; nil unless both are 1 to 65535.
  @usableFromInline package var size: Size? = nil
  /// `btype`, blocked banner types.
  @usableFromInline package var blockedTypes = NumberSet.empty
  /// `battr`, blocked creative attributes.
  @usableFromInline package var blockedAttributes = NumberSet.empty
  /// `api`, frameworks supported.
  @usableFromInline package var apis = NumberSet.empty
  /// `mimes`, in ``BidRequest/texts``.
  @usableFromInline package var mimes = ListSlice.empty
  /// `pos`; nil when absent.
  @usableFromInline package var position: Int32? = nil
  /// `topframe` = 1: not in an iframe.
  @usableFromInline package var isTopFrame = false

  init() {}
}

/// One element of `imp.pmp.deals` that has an id (OpenRTB 2.6 section 3.2.12).
@usableFromInline
package struct Deal: Sendable, BitwiseCopyable {
  /// `id` as JSON, quotes included: written back as `dealid`.
  @usableFromInline package var rawID = ByteSlice.empty
  /// `id` without quotes and escapes.
  @usableFromInline package var id = Text.absent
  /// `bidfloor`, rounded up to a micro; zero when absent or negative.
  @usableFromInline package var floor = CPM.zero
  /// `bidfloorcur`; USD when absent (never the impression's), unreadable when no code.
  @usableFromInline package var floorCurrency = CurrencyCode.usd
  /// `at`: 1 first price, 2 second price, 3 the floor is the fixed price; nil is the request's.
  @usableFromInline package var auctionType: Int32? = nil
  /// `wseat`, in ``BidRequest/texts``.
  @usableFromInline package var allowedSeats = ListSlice.empty
  /// `wadomain`, in ``BidRequest/texts``.
  @usableFromInline package var allowedAdvertisers = ListSlice.empty

  init() {}
}
