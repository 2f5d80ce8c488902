import AuctionTypes
import FixedMemory
import Support
import Testing

@testable import BudgetLedger

@Suite struct NoticePriceTests {
  private static let bid: Int64 = 2_500_000

  private func read(_ query: String, rates: RatePair = .same) -> NoticePrice {
    let token = TokenSamples.token(price: Self.bid, rates: rates)
    return GuardedBytes(query.utf8).withBytes { NoticePrice.read(query: $0, token: token) }
  }

  @Test(arguments: [
    ("p=1.5", 1_500_000), ("p=2.5", 2_500_000), ("p=2.500000", 2_500_000), ("p=2", 2_000_000),
    ("p=0", 0), ("p=0.0", 0), ("p=0.000000", 0), ("p=-0", 0), ("p=00.5", 500_000),
    ("p=0.000001", 1), ("p=0.0000001", 1), ("p=1.0000001", 1_000_001),
    ("p=1.2345670", 1_234_567), ("p=1.23456700000000000000000000001", 1_234_568),
    ("p=0.00000000000000000000000000000000000000001", 1), ("p=.5", 500_000), ("p=1.", 1_000_000),
    ("p=1.5e0", 1_500_000), ("p=15E-1", 1_500_000), ("p=0.15e1", 1_500_000),
    ("p=1.500000e+00", 1_500_000), ("p=1e-400", 1), ("p=+1.5", 1_500_000), ("p=1.5+", 1_500_000),
    ("p=++1.5++", 1_500_000), ("p=%201.5%20", 1_500_000), ("p=%2B1.5", 1_500_000),
    ("p=1%2E5", 1_500_000), ("p=1%2e5", 1_500_000), ("p=%31.%35", 1_500_000),
    ("x=1&p=1.5", 1_500_000), ("p=1.5&p=2", 1_500_000), ("p=1.5&x", 1_500_000),
    ("&&p=1.5&", 1_500_000), ("pp=2&p=1.5", 1_500_000), ("P=2&p=1.5", 1_500_000),
    ("q=p=2&p=1.5", 1_500_000), ("p=2.4999999", 2_500_000),
  ])
  func aPriceIsReadToTheMicro(_ query: String, _ micros: Int64) {
    #expect(
      read(query) == .paid(Money(nanos: micros), clearing: CPM(micros: micros), .none))
  }

  @Test(arguments: [
    ("p=2.500001", 2_500_001), ("p=2.5000001", 2_500_001), ("p=3", 3_000_000),
    ("p=1000000", 1_000_000_000_000), ("p=9223372036853", 9_223_372_036_853_000_000),
  ])
  func aPriceAboveTheBidIsBookedAtTheBid(_ query: String, _ micros: Int64) {
    #expect(
      read(query) == .paid(Money(nanos: Self.bid), clearing: CPM(micros: micros), .aboveBid))
  }

  @Test(arguments: [
    "", "p", "p=", "p=&p=1.5", "p=+", "p=%20", "x=1", "P=1.5", "p%3D1.5", "%70=1.5",
    "p=${AUCTION_PRICE}", "p=%24%7BAUCTION_PRICE%7D", "p=%24%7bAUCTION_PRICE%7d",
    "p=%2524%257BAUCTION_PRICE%257D", "p=[AUCTION_PRICE]", "p={{PRICE}}", "p=-1", "p=-0.0000001",
    "p=%2D1", "p=nan", "p=NaN", "p=inf", "p=Infinity", "p=1,5", "p=1.5.0", "p=1.5USD", "p=$1.5",
    "p=0x1p0", "p=1e", "p=1e+", "p=e5", "p=.", "p=--1", "p=1 5", "p=1+5", "p=1%", "p=1%2",
    "p=1%zz", "p=%00", "p=1%00", "p=1\n", "p=\u{0661}", "p=1e30", "p=1e999999999999999999999",
    "p=9223372036854.775807", "p=9223372036855", "p=18446744073709551616", "p=AUDITS", "p=AUDI",
    "p=null", "p=undefined", "p=true", "p=\"1.5\"", "amp;p=1.5",
  ])
  func whatIsNoPriceIsBookedAtTheBid(_ query: String) {
    #expect(read(query) == .paid(Money(nanos: Self.bid), clearing: nil, .unreadable))
  }

  @Test(arguments: ["p=AUDIT", "p=audit", "p=Audit", "p=+AUDIT", "p=%41UDIT", "x=2&p=AUDIT&p=1"])
  func aProbeIsNoPrice(_ query: String) {
    #expect(read(query) == .audit)
  }

  @Test func aForeignPriceIsConvertedByTheBidsRateAndRoundedUp() {
    // 2.5 of 1.08 USD each, in accounts of 3 USD a unit.
    let rates = RatePair(source: 1_080_000_000, target: 3_000_000_000)
    #expect(
      read("p=1.000001", rates: rates)
        == .paid(Money(nanos: 360_001), clearing: CPM(micros: 1_000_001), .none))
    #expect(
      read("p=2.5", rates: rates)
        == .paid(Money(nanos: 900_000), clearing: CPM(micros: Self.bid), .none))
    #expect(
      read("p=2.6", rates: rates)
        == .paid(Money(nanos: 900_000), clearing: CPM(micros: 2_600_000), .aboveBid))
    #expect(read("", rates: rates) == .paid(Money(nanos: 900_000), clearing: nil, .unreadable))
  }

  @Test func aValueIsReadUpToItsLimit() {
    let longest = "p=1.5" + String(repeating: "0", count: LedgerLimits.noticeValueBytes - 3)
    #expect(
      read(longest) == .paid(Money(nanos: 1_500_000), clearing: CPM(micros: 1_500_000), .none))
    #expect(
      read(longest + "0") == .paid(Money(nanos: Self.bid), clearing: nil, .unreadable))
  }

  @Test func randomQueriesNeverPayMoreThanTheBid() {
    let seed: UInt64 = 99
    var random = SeededGenerator(seed: seed)
    let characters = Array("p=p=&%0123456789.eE+-AUDIT2B ".unicodeScalars)
    for _ in 0..<20_000 {
      let count = Int(random.next() % 40)
      let query = String(
        String.UnicodeScalarView(
          (0..<count).map { _ in characters[Int(random.next() % UInt64(characters.count))] }))
      if case .paid(let paid, _, _) = read("p=" + query) {
        #expect(paid.nanos >= 0 && paid.nanos <= Self.bid, "seed \(seed): \(query)")
      }
    }
  }
}
