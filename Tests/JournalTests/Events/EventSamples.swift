import AuctionTypes
import BudgetLedger
import FixedMemory

@testable import Journal

/// Events of bids that are told apart by their sequence.
enum EventSamples {
  static let start = WallTime(milliseconds: 1_790_000_000_000)

  static func token(_ sequence: UInt64) -> NoticeToken {
    NoticeToken(
      bid: BidNumber(boot: 0x1234_5678_9ABC_DEF0, worker: 3, sequence: sequence),
      madeAt: WallTime(milliseconds: start.milliseconds + Int64(sequence)),
      account: AccountID(rawValue: 70_000), creative: CreativeID(rawValue: 80_000),
      exchange: ExchangeID(rawValue: 513), size: Size(width: 300, height: 250),
      price: CPM(micros: 2_500_000), currency: CurrencyCode("EUR")!,
      rates: RatePair(source: 1_080_000_000, target: 1_000_000_000),
      day: LocalDay(rawValue: 20_717), windowSeconds: 60, isTest: sequence % 2 == 1,
      billOn: .billing)
  }

  static func event(_ kind: AdEvent.Kind, _ sequence: UInt64) -> AdEvent {
    AdEvent(
      kind: kind, token: token(sequence), time: WallTime(milliseconds: start.milliseconds + 9),
      price: CPM(micros: -1), lossReason: kind == .loss ? 102 : 0)
  }

  static func booked(_ sequence: UInt64) -> BookedRecord {
    BookedRecord(
      token: token(sequence), paid: Money(nanos: 1_900_001), taken: Money(nanos: 2_700_000),
      isLate: false, kind: .billing, problem: .changed,
      time: WallTime(milliseconds: start.milliseconds + 77), isOfHeld: false)
  }

  /// A frame of the journal: a grant, and bookings.
  static func frame(_ bookings: [UInt64]) -> [UInt8] {
    var bytes: [UInt8] = []
    JournalRecord.grant(
      EscrowRecord(
        account: AccountID(rawValue: 1), day: LocalDay(rawValue: 20_717),
        amount: Money(nanos: 5_000_000))
    ).write(into: &bytes)
    for sequence in bookings { JournalRecord.booked(booked(sequence)).write(into: &bytes) }
    return bytes
  }
}
