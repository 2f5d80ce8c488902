import AuctionTypes
import FixedMemory
import Support
import Testing

@testable import BudgetLedger

@Suite struct SettledIDsTests {
  private func bid(_ sequence: UInt64, boot: UInt64 = 1, worker: UInt8 = 0) -> BidNumber {
    BidNumber(boot: boot, worker: worker, sequence: sequence)
  }

  private func insert(_ bid: BidNumber, madeAt milliseconds: Int64, _ ids: inout SettledIDs) -> Bool
  {
    ids.insert(bid, madeAt: WallTime(milliseconds: milliseconds))
  }

  @Test(arguments: [UInt64(21), 22]) func agreesWithASet(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var ids = SettledIDs()
    var plain: Set<BidNumber> = []
    for _ in 0..<30_000 {
      let bid = bid(
        UInt64.random(in: 0...70_000, using: &random),
        boot: UInt64.random(in: 1...2, using: &random),
        worker: UInt8.random(in: 0...1, using: &random))
      #expect(ids.contains(bid) == plain.contains(bid))
      let isNew = ids.insert(bid, madeAt: WallTime(milliseconds: 5))
      #expect(isNew == plain.insert(bid).inserted)
    }
    var bytes: [UInt8] = []
    ids.write(into: &bytes)
    var again = SettledIDs()
    var cursor = RecordCursor(end: bytes.count)
    try again.restore(&cursor, bytes.rawSpan)
    for bid in plain { #expect(again.contains(bid)) }
    var twice: [UInt8] = []
    again.write(into: &twice)
    #expect(twice == bytes)
  }

  @Test func aListBecomesABitmapWhereThatIsSmaller() {
    var chunk = SettledChunk()
    for id in 0..<4_095 { _ = chunk.insert(UInt16(id * 3), madeAt: WallTime(milliseconds: 1)) }
    #expect(chunk.bitmap.isEmpty)
    let isIn = chunk.insert(65_535, madeAt: WallTime(milliseconds: 1))
    #expect(isIn)
    #expect(chunk.bitmap.count == 1_024)
    #expect(chunk.contains(65_535) && chunk.contains(3) && !chunk.contains(4))
    let isTwice = !chunk.insert(3, madeAt: WallTime(milliseconds: 1))
    #expect(isTwice)
  }

  @Test func forgetsAChunkOnceAllItsBidsAreTooOld() {
    var ids = SettledIDs()
    let isNew1 = insert(bid(1), madeAt: 10, &ids)
    #expect(isNew1)
    let isNew2 = insert(bid(2), madeAt: 20, &ids)
    #expect(isNew2)
    let isNew3 = insert(bid(3, boot: 2), madeAt: 10, &ids)
    #expect(isNew3)
    ids.forget(madeBefore: WallTime(milliseconds: 20))
    #expect(ids.contains(bid(1)) && !ids.contains(bid(3, boot: 2)))
    ids.forget(madeBefore: WallTime(milliseconds: 21))
    #expect(ids.chunks.isEmpty)
  }

  @Test func remembersUntilWhenItForgotAlsoOverARestart() throws {
    var ids = SettledIDs()
    let isNew = insert(bid(1), madeAt: 10, &ids)
    #expect(isNew)
    ids.forget(madeBefore: WallTime(milliseconds: 10))
    #expect(ids.forgottenUntil.milliseconds < 10)
    ids.forget(madeBefore: WallTime(milliseconds: 50))
    #expect(ids.forgottenUntil == WallTime(milliseconds: 10))
    var bytes: [UInt8] = []
    ids.write(into: &bytes)
    var cursor = RecordCursor(end: bytes.count)
    var again = SettledIDs()
    try again.restore(&cursor, bytes.rawSpan)
    #expect(again.forgottenUntil == WallTime(milliseconds: 10))
  }

  @Test func holdsItsMaximumAndForgetsTheOldestForOneMore() {
    var ids = SettledIDs(capacity: 3)
    for boot in UInt64(1)...3 {
      let isNew4 = insert(bid(1, boot: boot), madeAt: Int64(boot), &ids)
      #expect(isNew4)
    }
    #expect((1...3).allSatisfy { ids.contains(bid(1, boot: $0)) })
    let isNew5 = insert(bid(1, boot: 4), madeAt: 4, &ids)
    #expect(isNew5)
    #expect(!ids.contains(bid(1, boot: 1)))
    #expect((2...4).allSatisfy { ids.contains(bid(1, boot: $0)) })
  }
}
