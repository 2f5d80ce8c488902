import AuctionTypes
import FixedMemory

/// What all advertisers want, compiled for the bid path: an immutable snapshot in fixed memory.
///
/// Line items are numbered by what they pay at most, in one currency, the highest first; of equal
/// ones the path (advertiser, campaign, line item) decides. So whoever looks for the best bid
/// begins at the lowest number and may end at the first that cannot pay more.
package struct CampaignCatalog: ~Copyable, Sendable {
  /// Counts compilations of this process from 1; a worker's ``TimeColumns`` are of one generation.
  package let generation: UInt64
  package let rules: CatalogRules
  package let exchanges: FixedArray<CatalogExchange>
  package let exchangeCount: Int
  package let advertisers: FixedArray<CatalogAdvertiser>
  package let campaigns: FixedArray<CatalogCampaign>
  package let lineItems: FixedArray<CatalogLineItem>
  /// The accounts of the line items again, side by side for who counts them all; the largest number
  /// where there is none.
  package let accountNumbers: FixedArray<UInt32>
  package let creatives: FixedArray<CatalogCreative>
  /// Creative indices, where ``CatalogLineItem/creatives`` points.
  package let creativeIndices: FixedArray<UInt32>
  /// For each creative and exchange: what is constant in a bid with it, as JSON members without
  /// the outer braces, from `"adid"` to the quote that opens `"adm"`.
  package let bidParts: FixedArray<ByteSlice>
  /// Parts of markup as the inside of a JSON string, where ``CatalogCreative/markup`` points.
  package let markupPieces: FixedArray<ByteSlice>
  /// Frequency caps, where ``CatalogLineItem/caps`` points.
  package let caps: FixedArray<CatalogCap>
  /// For each advertiser and exchange: the seat, as the inside of a JSON string.
  package let seatsJSON: FixedArray<ByteSlice>
  /// For each advertiser and exchange: a number that equal seats of the exchange share.
  package let seatNumbers: FixedArray<UInt32>
  /// Creative attributes from 64 on, where ``CatalogCreative/otherAttributes`` points.
  package let attributeNumbers: FixedArray<Int32>
  /// Lower-case texts of lists, such as an advertiser's categories.
  package let texts: FixedArray<ByteSlice>
  /// The shapes of places that line items name: which of the five fields are set, as bits.
  package let geoShapes: FixedArray<UInt8>
  package let columns: ColumnTable
  package let audience: AudienceProgram
  package let audienceColumns: AudienceColumns
  /// Line items whose clause holds for a user in no segment, and those without a clause.
  package let satisfiedByNobody: BitmapWords
  /// Line items without an audience clause.
  package let withoutAudience: BitmapWords
  /// Line items that want a share of the users.
  package let withUserShare: BitmapWords
  /// Whether there are any.
  package let hasUserShares: Bool
  /// Line items that bid outside of deals.
  package let open: BitmapWords
  /// Whether all do.
  package let isAllOpen: Bool
  package let rates: RateTable
  let timings: FixedArray<LineItemTiming>
  let schedules: FixedArray<WeekSchedule>
  let zoneSteps: FixedArray<ZoneStep>
  let timePlan: TimePlan
  /// By number, where clicks on a creative go; empty where there is none of this number.
  let landingURLs: FixedArray<ByteSlice>
  /// All texts; the catalog's slices are parts of it.
  package let text: FixedBuffer
  let inPlace = InPlace()

  /// The line items, running or not.
  package var lineItemCount: Int { columns.lineItemCount }

  /// Whether one of the catalog's texts, in lower case, equals some bytes of any case.
  package func equalsIgnoringCase(_ part: ByteSlice, _ bytes: RawSpan) -> Bool {
    let own = text.bytes.slice(part)
    guard own.byteCount == bytes.byteCount else { return false }
    for offset in 0..<own.byteCount
    where own.byte(at: offset) != bytes.byte(at: offset).asciiLowercased { return false }
    return true
  }

  /// Whether a category is another one or below it, such as `iab25-3` below `iab25`; both in lower
  /// case.
  package func isCategory(_ category: ByteSlice, below other: RawSpan) -> Bool {
    let bytes = text.bytes.slice(category)
    let count = other.byteCount
    if bytes.byteCount == count { return bytes.equals(other) }
    return bytes.byteCount > count && bytes.byte(at: count) == 0x2D
      && bytes.slice(0, count).equals(other)
  }

  /// Whether a domain of the catalog is another one, in any case, or below it.
  package func isDomain(_ domain: ByteSlice, below other: RawSpan) -> Bool {
    let extra = Int(domain.count) - other.byteCount
    if extra == 0 { return equalsIgnoringCase(domain, other) }
    let end = ByteSlice(offset: Int(domain.offset) + max(0, extra), count: other.byteCount)
    return extra > 0 && other.byteCount > 0 && text.bytes.byte(at: Int(end.offset) - 1) == 0x2E
      && equalsIgnoringCase(end, other)
  }

  /// One of the catalog's texts, for people: not for the bid path.
  package func string(_ part: ByteSlice) -> String {
    var bytes: [UInt8] = []
    for offset in Int(part.offset)..<part.end { bytes.append(text.bytes.byte(at: offset)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The constant members of a bid with a creative on an exchange.
  package func bidPart(creative: Int, exchange: Int) -> ByteSlice {
    bidParts[Int(creatives[creative].bidParts.start) + exchange]
  }

  /// The most bytes that are constant in a bid, its URLs among them.
  package func bidBytes(creative: Int, exchange: Int) -> Int {
    Int(bidPart(creative: creative, exchange: exchange).count)
      + Int(creatives[creative].markupBytes)
  }

  /// Where clicks on a creative go, also on one that the documents have no more; nil where nobody
  /// knows.
  package func landingURL(of creative: CreativeID) -> ByteSlice? {
    let index = Int(creative.rawValue)
    return index < landingURLs.count && !landingURLs[index].isEmpty ? landingURLs[index] : nil
  }

  /// The prefix of the URLs in a bid, as the inside of a JSON string.
  package func publicURL(isSecure: Bool) -> ByteSlice {
    isSecure ? rules.publicURLTLS : rules.publicURL
  }

  /// The place of an advertiser's seat on an exchange in the seat lists.
  package func seatIndex(advertiser: Int, exchange: Int) -> Int {
    advertiser * exchangeCount + exchange
  }
}
