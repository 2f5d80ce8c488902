import Testing

@testable import Reporting

@Suite struct ReportLimitsTests {
  @Test func anAnswerFitsASpreadsheet() { #expect(ReportLimits.rows < 1 << 20) }
}
