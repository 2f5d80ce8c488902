import AuctionTypes
import BudgetLedger
import Testing

@testable import nod

@Suite struct LedgerReportTests {
  @Test(arguments: [(0, "1970-01-01"), (20_779, "2026-11-22"), (59, "1970-03-01")])
  func writesDays(_ day: UInt16, _ text: String) {
    #expect(LocalDay(rawValue: day).text == text)
  }

  @Test(
    arguments: [
      (0, "0.000000"), (999, "0.000000"), (1_000, "0.000001"), (12_345_678_901_999, "12345.678901"),
      (-1, "-0.000001"),
    ] as [(Int64, String)])
  func writesAmountsInUnits(_ nanos: Int64, _ text: String) {
    #expect(LedgerReport.units(Money(nanos: nanos)) == text)
  }
}
