import AuctionTypes
import FixedMemory

/// A line item as the bid path sees it: numbers and places, no strings.
@usableFromInline
package struct CatalogLineItem: BitwiseCopyable, Sendable {
  /// `advertiser/campaign/line item`, in the catalog's text.
  package let path: ByteSlice
  /// Its advertiser, by index.
  package let advertiser: UInt32
  /// Its campaign, by index.
  package let campaign: UInt32
  /// What it pays for a thousand impressions, in ``currency``.
  package let value: CPM
  /// The currency of its advertiser's amounts.
  package let currency: CurrencyCode
  /// Its creatives: a range of the catalog's list of creative indices.
  package let creatives: IndexRange
  /// Its audience clause in the catalog's program; empty where it has none.
  package let audience: IndexRange
  /// The share of users it wants: hundredths from, inclusive, to, exclusive.
  package let userPercentFrom: UInt8
  package let userPercentTo: UInt8
  /// Whose escrow pays for its bids; nil where the ledger has no number for it, and then it does
  /// not bid.
  package let account: AccountID?
  /// Its frequency caps, then its campaign's: a range of the catalog's list of caps.
  package let caps: IndexRange
  /// Its place among the paths: of equal bids the lower wins.
  package let rank: UInt32
  /// The number of the first line item that is worth less than this one.
  package let nextCheaper: UInt32
  /// Its dayparts with its campaign's time zone, by number: ``TimeColumns/day(ofSchedule:)``.
  package let schedule: UInt32
}

/// A frequency cap with what it counts the impressions of.
@usableFromInline
package struct CatalogCap: BitwiseCopyable, Sendable, Equatable {
  /// The line item's or the campaign's number.
  package let account: AccountID
  package let rule: CapRule
}

/// Consecutive indices into one of the catalog's lists.
@usableFromInline
package struct IndexRange: BitwiseCopyable, Sendable, Equatable {
  @usableFromInline package let start: UInt32
  @usableFromInline package let count: UInt32

  init(_ range: Range<Int>) {
    start = UInt32(range.lowerBound)
    count = UInt32(range.count)
  }

  @inlinable package var isEmpty: Bool { count == 0 }
  @inlinable package var indices: Range<Int> { Int(start)..<Int(start) &+ Int(count) }
}

/// A campaign as the bid path sees it.
@usableFromInline
package struct CatalogCampaign: BitwiseCopyable, Sendable {
  /// Its id, as the inside of a JSON string.
  package let idJSON: ByteSlice
}

/// An advertiser as the bid path sees it.
@usableFromInline
package struct CatalogAdvertiser: BitwiseCopyable, Sendable {
  /// Its id.
  package let id: ByteSlice
  /// Its domain in lower case.
  package let domain: ByteSlice
  /// Its categories: a range of the catalog's list of texts.
  package let categories: IndexRange
}
