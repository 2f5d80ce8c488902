import FixedMemory

/// The user (OpenRTB 2.6 section 3.2.20).
@usableFromInline
package struct User: Sendable, BitwiseCopyable {
  /// `id`, the exchange's.
  @usableFromInline package var id = Text.absent
  /// `buyeruid`, the bidder's own.
  @usableFromInline package var buyerID = Text.absent
  /// `eids`, in ``BidRequest/userIDs``.
  @usableFromInline package var extendedIDs = ListSlice.empty
  /// `ext.eids`, where 2.5 has them, in ``BidRequest/userIDs``.
  @usableFromInline package var extensionExtendedIDs = ListSlice.empty
  /// `consent`.
  @usableFromInline package var directConsent = Text.absent
  /// `ext.consent`, where 2.5 has it.
  @usableFromInline package var extensionConsent = Text.absent
  /// `geo`, the user's home.
  @usableFromInline package var geo = Geo()

  init() {}

  /// The TCF string: of `consent`, else of `ext.consent`.
  @inlinable
  package var consent: Text { directConsent.isEmpty ? extensionConsent : directConsent }
}

/// One id of `eids` with its source (OpenRTB 2.6 sections 3.2.27 and 3.2.28).
@usableFromInline
package struct UserID: Sendable, BitwiseCopyable {
  /// `source` of the group it stands in.
  @usableFromInline package var source: Text
  /// `uids.id`, never empty.
  @usableFromInline package var id: Text
}
