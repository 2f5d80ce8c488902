import AuctionTypes
import FixedMemory

/// What all advertisers want, compiled for the bid path: an immutable snapshot in fixed memory.
///
/// Line items are numbered by their path (advertiser, campaign, line item), so the lower number
/// wins a tie.
package struct CampaignCatalog: ~Copyable, Sendable {
  /// Counts compilations of this process; a worker's ``TimeColumns`` are of one generation.
  package let generation: UInt64
  package let rules: BiddingRules
  package let exchanges: FixedArray<CatalogExchange>
  package let exchangeCount: Int
  package let advertisers: FixedArray<CatalogAdvertiser>
  package let campaigns: FixedArray<CatalogCampaign>
  package let lineItems: FixedArray<CatalogLineItem>
  package let creatives: FixedArray<CatalogCreative>
  /// Creative indices, where ``CatalogLineItem/creatives`` points.
  package let creativeIndices: FixedArray<UInt32>
  /// For each creative and exchange: what is constant in a bid with it, as JSON members without
  /// the outer braces, from `"adid"` to `"adm"`.
  package let bidParts: FixedArray<ByteSlice>
  /// For each advertiser and exchange: the seat, as the inside of a JSON string.
  package let seatsJSON: FixedArray<ByteSlice>
  /// For each advertiser and exchange: a number that equal seats of the exchange share.
  package let seatNumbers: FixedArray<UInt32>
  /// Lower-case texts of lists, such as an advertiser's categories.
  package let texts: FixedArray<ByteSlice>
  /// The shapes of places that line items name: which of the five fields are set, as bits.
  package let geoShapes: FixedArray<UInt8>
  package let columns: ColumnTable
  package let audience: AudienceProgram
  /// Line items that a user in no segment satisfies: those without a clause, or with only `none`.
  package let satisfiedByNobody: BitmapWords
  /// Line items without an audience clause.
  package let withoutAudience: BitmapWords
  /// Line items that bid outside of deals.
  package let open: BitmapWords
  package let rates: RateTable
  let timings: FixedArray<LineItemTiming>
  let schedules: FixedArray<WeekSchedule>
  let zoneSteps: FixedArray<ZoneStep>
  let text: FixedBuffer

  /// All texts; a ``ByteSlice`` of the catalog is a part of it.
  package var textCount: Int { text.count }

  /// Lends the bytes that the catalog's slices are parts of.
  package func withText<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(text.bytes)
  }

  /// Appends one of the catalog's texts to a buffer.
  ///
  /// - Complexity: O(bytes).
  package func append(_ part: ByteSlice, to buffer: inout FixedBuffer) {
    buffer.append(text.bytes.slice(part))
  }

  /// Whether one of the catalog's texts equals some bytes.
  package func equals(_ part: ByteSlice, _ bytes: RawSpan) -> Bool {
    text.bytes.slice(part).equals(bytes)
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

  /// The place of an advertiser's seat on an exchange in the seat lists.
  package func seatIndex(advertiser: Int, exchange: Int) -> Int {
    advertiser * exchangeCount + exchange
  }

  /// Whether a line item's dayparts hold.
  func isInDaypart(_ timing: LineItemTiming, at time: WallTime) -> Bool {
    let schedule = schedules[Int(timing.schedule)]
    let seconds = time.seconds
    var offset: Int64 = 0
    for index in schedule.zone.indices where zoneSteps[index].fromSeconds <= seconds {
      offset = zoneSteps[index].offsetSeconds
    }
    return schedule.contains(
      hourOfWeek: WeekSchedule.hourOfWeek(localSeconds: seconds + offset))
  }
}
