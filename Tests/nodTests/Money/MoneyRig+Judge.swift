import Foundation

extension MoneyRig {
  /// An account with the bids that it pays for.
  private struct Share {
    let path: String
    let budget: RigBudget
    let bids: [RigBid]
  }

  private func shares(window: Double) -> [Share] {
    let bids = Dictionary(grouping: bids(), by: \.entry)
    let items = plan.entries.enumerated().map { index, entry in
      Share(path: entry.path, budget: entry.item.budget, bids: bids[index] ?? [])
    }
    let campaigns = plan.campaigns.enumerated().map { index, campaign in
      Share(
        path: campaign.path, budget: campaign.budget,
        bids: plan.entries.indices.filter { plan.entries[$0].campaign == index }
          .flatMap { bids[$0] ?? [] })
    }
    return campaigns + items
  }

  /// What a report of the ledger has wrong; empty when all is well. Where everything that was sent
  /// was answered, the sums must be equal.
  func faults(of report: LedgerStatement, window: Double = MoneyRig.window) -> [String] {
    var faults = report.ok ? [] : ["the ledger's invariants do not hold"]
    for share in shares(window: window) {
      guard let account = report.account(share.path) else {
        // An account that was never asked for anything may be missing.
        if !share.bids.isEmpty { faults.append("\(share.path) is missing") }
        continue
      }
      let bounds = SpendBounds(of: share.bids, window: window)
      if let fault = bounds.fault(account) { faults.append("\(share.path): \(fault)") }
      if let fault = overspend(account, share) { faults.append("\(share.path): \(fault)") }
    }
    return faults
  }

  private func overspend(_ account: LedgerStatement.Account, _ share: Share) -> String? {
    // A server that died early in its start may not have taken over the round's budgets.
    let rounds = [max(0, starts.count - 1), max(0, starts.count - 2)]
    let round = rounds.first {
      account.totalBudgetMicros == share.budget.totalMicros(round: $0)
        && account.dailyBudgetMicros == share.budget.dailyMicros(round: $0)
    }
    guard let round else {
      return "budgets of \(account.totalBudgetMicros ?? -1), \(account.dailyBudgetMicros ?? -1)"
    }
    let total = share.budget.totalMicros(round: round)
    let daily = share.budget.dailyMicros(round: round)
    let onTime = account.settledMicros - account.lateMicros
    let dayOnTime = account.daySettledMicros - account.lateMicros
    if let total, onTime + account.escrowMicros + account.reservedMicros > total {
      return "overspent: \(onTime) and \(account.escrowMicros) of \(total)"
    }
    if let daily, dayOnTime > daily { return "overspent: \(dayOnTime) of \(daily) a day" }
    return nil
  }

  /// Accounts of which more was out at some moment than the budget allowed.
  func overbids(window: Double = MoneyRig.window) -> [String] {
    sweeps(window: window).filter { $0.out > $0.limit }.map {
      "\($0.path): \($0.out) of \($0.limit) nano-units were out"
    }
  }

  /// The share of its budget that was out of each limited account at the fullest moment, at least.
  func fullness(window: Double = MoneyRig.window) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: sweeps(window: window).map {
        ($0.path, Double($0.out) / Double($0.limit))
      })
  }

  private func sweeps(window: Double) -> [(path: String, out: Int64, limit: Int64)] {
    shares(window: window).compactMap { share in
      let limits = starts.enumerated().compactMap { round, start in
        share.budget.nanos(round: round).map { (from: start, nanos: $0) }
      }
      guard !limits.isEmpty else { return nil }
      let worst = SpendSweep(of: share.bids, window: window, limits: limits).worst
      return (share.path, worst.out, worst.limit)
    }
  }
}
