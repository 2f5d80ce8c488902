import AuctionTypes
import BudgetLedger
import Support
import Testing

@testable import Journal
@testable import Reporting

@Suite struct DeliveryFollowerTests {
  /// Log and follower run and end at any moment; every durable event counts once.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func countsEveryEventOnceWhereverItEnds(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = try DeliveryWorld()
    try world.startFollower()
    var bids: UInt64 = 0
    var booked: Set<UInt64> = []
    for _ in 0..<120 {
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<4:
        bids += 1
        world.tell(.bid, bids)
      case 4, 5: if bids > 0 { world.tell(.win, .random(in: 1...bids, using: &random)) }
      case 6: if bids > 0 { world.tell(.click, .random(in: 1...bids, using: &random)) }
      case 7:
        guard bids > 0 else { continue }
        let bid = UInt64.random(in: 1...bids, using: &random)
        guard booked.insert(bid).inserted else { continue }
        world.book(bid, nanos: .random(in: 0...2_500_000, using: &random), isLate: bid % 5 == 0)
      case 8, 9: try world.log(isDurable: Bool.random(using: &random))
      case 10: world.follow(steps: .random(in: 1...3, using: &random))
      default: try end(world, &random)
      }
    }
    try world.log(isDurable: true)
    world.follow()
    let (counted, expected) = (try world.counted(), world.expected())
    #expect(counted == expected, "seed \(seed)")
    #expect(!expected.isEmpty)
    #expect(world.status.figures.losses == EventFollower.Losses())
  }

  private func end(_ world: DeliveryWorld, _ random: inout SeededGenerator) throws {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: try world.restartLog(losesPower: true)
    case 1: try world.restartLog(losesPower: false)
    case 2: world.stopFollower()
    default:
      // Files that were counted may go; those that come after are told from where they ended.
      try world.log(isDurable: true)
      world.follow()
      try world.removeFiles()
      try world.restartLog(losesPower: false)
    }
    world.stopFollower()
    try world.startFollower()
  }

  @Test func tellsOfFilesThatWereDeletedTooEarly() throws {
    let world = try DeliveryWorld()
    try world.startFollower()
    world.tell(.bid, 1)
    try world.log(isDurable: true)
    world.follow()
    for bid in 2...200 as ClosedRange<UInt64> {
      world.tell(.bid, bid)
      try world.log(isDurable: true)
    }
    try world.removeFiles(butLast: true)
    world.follow()
    let counted = try world.counted().values.reduce(0) { $0 + $1.bids }
    #expect(counted > 1)
    #expect(counted < 60)
    #expect(world.status.figures.losses.files >= 4)
    let report = try ReportDesk(database: world.database).delivery(DeliveryQuery(scope: .all))
    #expect(report.missing?.contains("files of the event log were deleted") == true)
  }

  @Test func foldsOldHoursAndKeepsTheSums() throws {
    let world = try DeliveryWorld()
    try world.startFollower()
    for bid in 1...400 as ClosedRange<UInt64> { world.tell(.bid, bid) }
    world.book(8, nanos: 1_999)
    try world.log(isDurable: true)
    world.follow()
    let before = try world.counted()
    let hourly = try world.rows()
    let day = LocalDay(rawValue: 20_719)
    try world.database.pool.write { db in
      let store = DeliveryStore(db: db)
      while let hourly = try store.dayToFold(before: day) { try store.fold(hourly) }
    }
    #expect(try world.counted() == before)
    let folded = try world.rows()
    #expect(folded < hourly / 10)
  }

  @Test func marksABidOnceForEachKind() throws {
    let world = try DeliveryWorld()
    try world.database.pool.write { db in
      let bid = BidNumber(boot: .max, worker: 255, sequence: 1 << 55 + 4_095)
      var seen = SeenBids(db)
      #expect(try seen.mark(bid, .won, madeAt: DeliveryWorld.start) == .won)
      #expect(try seen.mark(bid, [.booked, .won], madeAt: DeliveryWorld.start) == .booked)
      try seen.save()
      var again = SeenBids(db)
      #expect(try again.mark(bid, [.booked, .clicked], madeAt: DeliveryWorld.start) == .clicked)
      try again.save()
      let later = WallTime(milliseconds: DeliveryWorld.start.milliseconds + 1)
      try SeenBids.forget(before: later, keeping: 1, in: db)
      var forgotten = SeenBids(db)
      #expect(try forgotten.mark(bid, .won, madeAt: later) == .won)
    }
  }
}
