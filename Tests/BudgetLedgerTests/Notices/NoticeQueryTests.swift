import AuctionTypes
import FixedMemory
import Support
import Testing

@testable import BudgetLedger

@Suite struct NoticeQueryTests {
  @Test func everyKindLeavesItsMacrosToTheExchange() {
    let texts: [NoticeKind: String] = [
      .win: "?p=${AUCTION_PRICE}", .billing: "?p=${AUCTION_PRICE}", .pixel: "?p=${AUCTION_PRICE}",
      .loss: "?p=${AUCTION_PRICE}&r=${AUCTION_LOSS}&m=${AUCTION_MIN_TO_WIN}", .click: "",
    ]
    for kind in NoticeKind.allCases {
      #expect(NoticeQuery.text(kind).description == texts[kind])
      #expect(NoticeQuery.text(kind).utf8CodeUnitCount <= NoticeQuery.longestText)
    }
  }

  @Test(arguments: [
    ("r=102", 102), ("p=1&r=3&m=2", 3), ("r=0", 0), ("r=65535", 65_535), ("r=65536", 0),
    ("r=-1", 0), ("r=", 0), ("", 0), ("r=${AUCTION_LOSS}", 0), ("r=1.0", 1), ("r=1.5", 0),
    ("r=%31%30", 10), ("r=1e30", 0), ("R=5", 0),
  ])
  func theReasonOfALossIsRead(_ query: String, _ reason: UInt16) {
    #expect(GuardedBytes(query.utf8).withBytes { NoticeQuery.lossReason($0) } == reason)
  }

  @Test(
    arguments: [
      ("m=1.25", 1_250_000), ("p=1&r=3&m=2", 2_000_000), ("m=0", 0), ("m=-1", nil), ("m=", nil),
      ("", nil), ("m=${AUCTION_MIN_TO_WIN}", nil), ("m=0.0000001", 1), ("m=1e30", nil),
    ] as [(String, Int64?)])
  func thePriceThatWouldHaveWonIsRead(_ query: String, _ micros: Int64?) {
    let price = GuardedBytes(query.utf8).withBytes { NoticeQuery.minimumToWin($0) }
    #expect(price == micros.map { CPM(micros: $0) })
  }
}
