/// What reports are bounded by, and why.
package enum ReportLimits {
  /// Rows of an answer: a page of a spreadsheet.
  package static let rows = 100_000
}
