import AuctionTypes
import FixedMemory

/// The line items that run at a time: kept up with the time, not worked out for each request.
package struct TimeColumns: ~Copyable, Sendable {
  /// Line items that are active and in flight.
  package var inFlight: BitmapWords
  /// Line items whose dayparts hold.
  package var inDaypart: BitmapWords
  /// Whether all hold.
  package private(set) var isAlwaysDaypart = false
  /// For each schedule, whether it holds.
  private var holds: FixedArray<Bool>
  /// For each schedule, the day in its time zone.
  private var days: FixedArray<LocalDay>
  /// The columns hold from here …
  package private(set) var from: WallTime
  /// … to before here.
  package private(set) var until: WallTime

  private var generation: UInt64 = 0
  /// Whether they are of a time before the catalog was made, from which nothing goes on.
  private var isBeforeStart = false
  /// The first start or end of a flight that is still to come.
  private var nextChange = 0
  private let inPlace = InPlace()

  /// Columns that hold at no time yet, with memory for the largest catalog.
  package init() {
    inFlight = BitmapWords(bitCount: CatalogLimits.lineItems)
    inDaypart = BitmapWords(bitCount: CatalogLimits.lineItems)
    holds = FixedArray(capacity: CatalogLimits.lineItems)
    days = FixedArray(capacity: CatalogLimits.lineItems)
    from = WallTime(milliseconds: .max)
    until = WallTime(milliseconds: .min)
  }

  /// Whether the columns are of a catalog and hold at a time.
  package func hold(_ catalog: borrowing CampaignCatalog, at time: WallTime) -> Bool {
    generation == catalog.generation && time >= from && time < until
  }

  /// The day in a schedule's time zone while the columns hold: see ``CatalogLineItem/schedule``.
  package func day(ofSchedule schedule: UInt32) -> LocalDay { days[Int(schedule)] }

  /// Brings the columns to a time and says how long they hold: to the next quarter of an hour
  /// (zones are offset by multiples of it, so neither an hour nor a day ends before) or the next
  /// start or end of a flight.
  ///
  /// - Complexity: O(schedules + words + line items that start, end or change their daypart);
  ///   O(line items) where the time is before the catalog was made.
  package mutating func update(_ catalog: borrowing CampaignCatalog, at time: WallTime) {
    let quarter: Int64 = 900_000
    let quarterEnd = WallTime(milliseconds: (time.milliseconds / quarter + 1) * quarter)
    if generation != catalog.generation || time < from || isBeforeStart { restart(catalog) }
    isBeforeStart = time < catalog.timePlan.start
    let next =
      isBeforeStart
      ? workOut(catalog, at: time, before: quarterEnd) : changeFlights(catalog.timePlan, at: time)
    changeSchedules(catalog, at: time)
    isAlwaysDaypart = inDaypart.population == catalog.lineItemCount
    from = time
    until = min(next, quarterEnd)
  }

  /// Takes over what held when the catalog was made.
  private mutating func restart(_ catalog: borrowing CampaignCatalog) {
    inFlight.reset(bitCount: catalog.lineItemCount)
    inFlight.assign(catalog.timePlan.inFlight)
    inDaypart.reset(bitCount: catalog.lineItemCount)
    inDaypart.assign(catalog.timePlan.inDaypart)
    holds.removeAll()
    days.removeAll()
    for schedule in catalog.schedules.indices {
      holds.append(catalog.timePlan.holds[schedule])
      days.append(LocalDay(rawValue: 0))
    }
    nextChange = 0
    generation = catalog.generation
  }

  /// Works flights out where the clock was set back behind the catalog's making; returns when the
  /// next one starts or ends, at most an end that is given.
  private mutating func workOut(
    _ catalog: borrowing CampaignCatalog, at time: WallTime, before end: WallTime
  ) -> WallTime {
    var next = end
    for lineItem in catalog.timings.indices {
      let timing = catalog.timings[lineItem]
      if timing.isInFlight(at: time) {
        inFlight.insert(lineItem)
      } else {
        inFlight.remove(lineItem)
      }
      next = timing.nextChange(after: time, before: next)
    }
    return min(next, catalog.timePlan.start)
  }

  /// Starts and ends flights up to a time; returns when the next one does.
  private mutating func changeFlights(
    _ plan: borrowing TimePlan, at time: WallTime
  ) -> WallTime {
    while nextChange < plan.changes.count, plan.changes[nextChange].time <= time {
      let change = plan.changes[nextChange]
      if change.starts {
        inFlight.insert(Int(change.lineItem))
      } else {
        inFlight.remove(Int(change.lineItem))
      }
      nextChange += 1
    }
    return nextChange < plan.changes.count
      ? plan.changes[nextChange].time : WallTime(milliseconds: .max)
  }

  private mutating func changeSchedules(_ catalog: borrowing CampaignCatalog, at time: WallTime) {
    for schedule in catalog.schedules.indices {
      let local = catalog.schedules[schedule].localSeconds(at: time, catalog.zoneSteps)
      days[schedule] = LocalDay(atLocalSeconds: local)
      let isHolding = catalog.schedules[schedule].contains(localSeconds: local)
      guard isHolding != holds[schedule] else { continue }
      holds[schedule] = isHolding
      for index in catalog.timePlan.ranges[schedule].indices {
        let lineItem = Int(catalog.timePlan.members[index])
        if isHolding { inDaypart.insert(lineItem) } else { inDaypart.remove(lineItem) }
      }
    }
  }
}
