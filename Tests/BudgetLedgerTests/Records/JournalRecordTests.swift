import AuctionTypes
import BudgetLedger
import FixedMemory
import Support
import Testing

@Suite struct JournalRecordTests {
  private static let token = NoticeToken(
    bid: BidNumber(boot: .max, worker: 255, sequence: 1 << 40 - 1),
    madeAt: WallTime(milliseconds: 1_773_144_000_001), account: AccountID(rawValue: 1_048_575),
    creative: CreativeID(rawValue: 77), exchange: ExchangeID(rawValue: 65_535),
    size: Size(width: 320, height: 50), price: CPM(micros: 2_500_000), currency: .usd,
    rates: RatePair(source: 1_080_000_000, target: 1_000_000_000),
    day: LocalDay(rawValue: 20_522), windowSeconds: 86_400, isTest: false, billOn: .pixel)

  static let records: [JournalRecord] = [
    .boot(
      BootRecord(boot: 0xABCD, time: WallTime(milliseconds: -1), horizonSeconds: 86_400)),
    .account(
      AccountRecord(
        account: AccountID(rawValue: 0), parent: nil, currency: .usd,
        time: WallTime(milliseconds: 5), path: "acme/frühling")),
    .account(
      AccountRecord(
        account: AccountID(rawValue: 9), parent: AccountID(rawValue: 0),
        currency: .unreadable, time: WallTime(milliseconds: .max), path: "")),
    .creative(
      CreativeRecord(
        creative: CreativeID(rawValue: 3), path: "a/b", landingURL: "https://a.example/?x=1")),
    .creative(
      CreativeRecord(
        creative: CreativeID(rawValue: 3),
        path: String(repeating: "p", count: LedgerLimits.textBytes),
        landingURL: String(repeating: "u", count: LedgerLimits.textBytes))),
    .exchange(ExchangeRecord(exchange: ExchangeID(rawValue: 2), name: "example")),
    .plan(
      PlanRecord(
        account: AccountID(rawValue: 1),
        budget: BudgetPlan(total: Money(nanos: .max), daily: nil),
        time: WallTime(milliseconds: 7))),
    .plan(
      PlanRecord(
        account: AccountID(rawValue: 1), budget: BudgetPlan(total: nil, daily: .zero),
        time: WallTime(milliseconds: 7))),
    .grant(
      EscrowRecord(
        account: AccountID(rawValue: 1), day: LocalDay(rawValue: 20_522),
        amount: Money(nanos: 1 << 62 - 1))),
    .returned(
      EscrowRecord(
        account: AccountID(rawValue: 1), day: LocalDay(rawValue: .max), amount: .zero)),
    .booked(
      BookedRecord(
        token: token, paid: Money(nanos: 99), taken: Money(nanos: 100), isLate: false,
        kind: .pixel, problem: .aboveBid, time: WallTime(milliseconds: 8), isOfHeld: true)),
    .booked(
      BookedRecord(
        token: token, paid: Money(nanos: 99), taken: .zero, isLate: true, kind: .pixel,
        problem: .none, time: WallTime(milliseconds: 8), isOfHeld: false)),
    .win(
      WinRecord(
        bid: token.bid, account: token.account, day: token.day, amount: Money(nanos: 1),
        until: WallTime(milliseconds: 9))),
    .winReleased(token.bid),
    .poolReleased(boot: 1),
    .horizon(1_800),
  ]

  private func bytes(_ record: JournalRecord) -> [UInt8] {
    var bytes: [UInt8] = []
    record.write(into: &bytes)
    return bytes
  }

  @Test(arguments: records) func readsWhatItWrites(record: JournalRecord) throws {
    var bytes = bytes(record)
    #expect(bytes.count <= JournalRecord.maximumBytes)
    let count = bytes.count
    Self.records[0].write(into: &bytes)
    var offset = 0
    let first = try JournalRecord.read(bytes.rawSpan, at: &offset)
    #expect(first == record)
    #expect(offset == count)
    let second = try JournalRecord.read(bytes.rawSpan, at: &offset)
    #expect(second == Self.records[0])
    #expect(offset == bytes.count)
  }

  @Test(arguments: records) func refusesEveryTruncation(record: JournalRecord) {
    let whole = bytes(record)
    for count in stride(from: 0, to: whole.count, by: max(1, whole.count / 200)) {
      let part = Array(whole[..<count])
      #expect(throws: LedgerDamage.self) {
        var offset = 0
        _ = try JournalRecord.read(part.rawSpan, at: &offset)
      }
    }
  }

  @Test func aGrantAndABookingAreSmall() {
    #expect(bytes(Self.records[8]).count == 17)
    #expect(bytes(Self.records[10]).count == 105)
  }

  @Test func refusesWhatNoLedgerWrites() {
    let booked = bytes(Self.records[10])
    var late = booked
    late[late.count - 12] = 1
    var paid = booked
    for offset in 0..<3 { paid[JournalRecord.headerBytes + 76 + offset] = 0xFF }
    var length = booked
    length[1] += 1
    for (what, bytes) in [("late", late), ("paid", paid), ("length", length + [0])] {
      #expect(throws: LedgerDamage.self, "\(what)") {
        var offset = 0
        _ = try JournalRecord.read(bytes.rawSpan, at: &offset)
      }
    }
  }

  @Test func anyFlippedByteIsReadOrRefusedButNeverBelievedBlindly() {
    for record in Self.records {
      let whole = bytes(record)
      for place in whole.indices.prefix(160) {
        for bit in 0..<8 {
          var flipped = whole
          flipped[place] ^= 1 << bit
          var offset = 0
          guard let read = try? JournalRecord.read(flipped.rawSpan, at: &offset) else { continue }
          #expect(read != record || offset != whole.count)
        }
      }
    }
  }
}
