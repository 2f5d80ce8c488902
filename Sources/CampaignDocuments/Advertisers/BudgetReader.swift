/// Reads a budget.
struct BudgetReader {
  /// The budget; a campaign's must limit something.
  func read(_ reader: DocumentReader, needsLimit: Bool) -> Budget {
    guard let map = reader.map(keys: ["total_micros", "daily_micros"]) else { return .unlimited }
    if needsLimit, map["total_micros"] == nil, map["daily_micros"] == nil {
      reader.fail("a campaign needs `total_micros`, `daily_micros` or both")
    }
    let range = 0...CampaignLimits.budgetMicros
    return Budget(
      totalMicros: map["total_micros"]?.integer(in: range),
      dailyMicros: map["daily_micros"]?.integer(in: range))
  }
}
