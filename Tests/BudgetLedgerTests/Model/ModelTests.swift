import BudgetLedger
import Testing

@Suite struct ModelTests {
  private static let seeds: [UInt64] = (0..<10).map { 0x5EED_0000 + $0 * 24 }

  /// 240 histories of 300 events.
  @Test(arguments: seeds) func agreesWithAPlainLedgerOverRandomHistories(first: UInt64) {
    var bids = 0
    var crashes = 0
    var results: [NoticeResult: Int] = [:]
    for seed in first..<first + 24 {
      let run = ModelRun(seed: seed)
      for event in 0..<300 {
        run.step()
        guard run.problems.isEmpty else {
          Issue.record("seed \(seed), event \(event): \(run.problems.prefix(4))")
          return
        }
      }
      bids += run.bids
      crashes += run.crashes
      results.merge(run.results, uniquingKeysWith: +)
    }
    print("seeds from \(first): \(bids) bids, \(crashes) crashes, \(results)")
    #expect(bids > 24 * 20)
    #expect(crashes > 24)
    for result in [NoticeResult.booked, .late, .duplicate, .extended, .released, .counted] {
      #expect(results[result, default: 0] > 10, "\(result)")
    }
  }
}
