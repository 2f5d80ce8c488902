import AuctionTypes
import FixedMemory

/// The line items that run at a time: worked out once for a stretch of time, not for each request.
package struct TimeColumns: ~Copyable, Sendable {
  /// Line items that are active and in flight.
  package var inFlight: BitmapWords
  /// Line items whose dayparts hold.
  package var inDaypart: BitmapWords
  /// Whether all hold.
  package private(set) var isAlwaysDaypart = false
  /// For each line item, the day in its campaign's time zone.
  private var days: FixedArray<LocalDay>
  /// The columns hold from here …
  package private(set) var from: WallTime
  /// … to before here.
  package private(set) var until: WallTime

  private var generation: UInt64 = 0

  /// Columns that hold at no time yet, with memory for the largest catalog.
  package init() {
    inFlight = BitmapWords(bitCount: CatalogLimits.lineItems)
    inDaypart = BitmapWords(bitCount: CatalogLimits.lineItems)
    days = FixedArray(capacity: CatalogLimits.lineItems)
    from = WallTime(milliseconds: .max)
    until = WallTime(milliseconds: .min)
  }

  /// Whether the columns are of a catalog and hold at a time.
  package func hold(_ catalog: borrowing CampaignCatalog, at time: WallTime) -> Bool {
    generation == catalog.generation && time >= from && time < until
  }

  /// The day in the time zone of a line item's campaign while the columns hold.
  package func day(of lineItem: Int) -> LocalDay { days[lineItem] }

  /// Works the columns out for a time and says how long they hold: to the next quarter of an hour
  /// (zones are offset by multiples of it, so neither an hour nor a day ends before) or the next
  /// start or end of a flight.
  ///
  /// - Complexity: O(line items).
  package mutating func update(_ catalog: borrowing CampaignCatalog, at time: WallTime) {
    let quarter: Int64 = 900_000
    var next = (time.milliseconds / quarter + 1) * quarter
    inFlight.reset(bitCount: catalog.lineItemCount)
    inDaypart.reset(bitCount: catalog.lineItemCount)
    days.removeAll()
    for lineItem in catalog.lineItems.indices {
      let timing = catalog.timings[lineItem]
      if timing.isInFlight(at: time) { inFlight.insert(lineItem) }
      let local = catalog.localSeconds(timing, at: time)
      if catalog.isInDaypart(timing, atLocalSeconds: local) { inDaypart.insert(lineItem) }
      days.append(LocalDay(atLocalSeconds: local))
      next = timing.nextChange(after: time, before: next)
    }
    isAlwaysDaypart = inDaypart.population == catalog.lineItemCount
    generation = catalog.generation
    from = time
    until = WallTime(milliseconds: next)
  }
}
