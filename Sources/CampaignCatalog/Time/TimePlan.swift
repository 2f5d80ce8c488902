import AuctionTypes
import FixedMemory

/// Which line items run when a catalog is made, and what changes after: so that a worker works out
/// nothing for each line item.
struct TimePlan: ~Copyable, Sendable {
  /// When the catalog was made.
  let start: WallTime
  /// Line items that are active and in flight then.
  let inFlight: BitmapWords
  /// Line items whose dayparts hold then.
  let inDaypart: BitmapWords
  /// For each schedule, whether it holds then.
  let holds: FixedArray<Bool>
  /// Starts and ends of flights after it, in their order.
  let changes: FixedArray<FlightChange>
  /// Line items schedule by schedule, where ``ranges`` point.
  let members: FixedArray<UInt32>
  /// For each schedule, its line items.
  let ranges: FixedArray<IndexRange>

  /// - Complexity: O(line items × log line items).
  init(
    timings: [LineItemTiming], schedules: [WeekSchedule], zoneSteps: borrowing FixedArray<ZoneStep>,
    from start: WallTime
  ) {
    self.start = start
    var inFlight = BitmapWords(bitCount: timings.count)
    var inDaypart = BitmapWords(bitCount: timings.count)
    var changes: [FlightChange] = []
    var bySchedule = Array(repeating: [UInt32](), count: schedules.count)
    var holds: [Bool] = []
    for schedule in schedules {
      let local = schedule.localSeconds(at: start, zoneSteps)
      holds.append(schedule.contains(localSeconds: local))
    }
    for (index, timing) in timings.enumerated() {
      bySchedule[Int(timing.schedule)].append(UInt32(index))
      if timing.isInFlight(at: start) { inFlight.insert(index) }
      if holds[Int(timing.schedule)] { inDaypart.insert(index) }
      changes += timing.changes(after: start).map { time, starts in
        FlightChange(time: time, lineItem: UInt32(index), starts: starts)
      }
    }
    var ranges: [IndexRange] = []
    var members: [UInt32] = []
    for lineItems in bySchedule {
      ranges.append(IndexRange(members.count..<members.count + lineItems.count))
      members += lineItems
    }
    self.inFlight = inFlight
    self.inDaypart = inDaypart
    self.holds = FixedArray(copying: holds)
    self.changes = FixedArray(copying: changes.sorted { $0.time < $1.time })
    self.members = FixedArray(copying: members)
    self.ranges = FixedArray(copying: ranges)
  }
}

/// The start or end of a line item's flight.
struct FlightChange: BitwiseCopyable, Sendable {
  let time: WallTime
  let lineItem: UInt32
  let starts: Bool
}
