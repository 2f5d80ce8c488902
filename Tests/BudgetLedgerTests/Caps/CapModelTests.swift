import AuctionTypes
import BudgetLedger
import Support
import Testing

@Suite struct CapModelTests {
  private static let rules = [
    CapRule(impressions: 1, periodSeconds: 20), CapRule(impressions: 2, periodSeconds: 60),
    CapRule(impressions: 5, periodSeconds: 100), CapRule(impressions: 3, periodSeconds: 777),
  ]

  /// A bid that counts as tentative.
  private struct Bid {
    var rule: CapRule
    var scope: PlainCaps.Scope
    var time: WallTime
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func agreesWithListsOfTimes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let caps = CapTable(slots: 1 << 10)
    var plain = PlainCaps()
    var open: [Bid] = []
    var now = CapTableTests.start
    var refusals = 0
    for _ in 0..<4_000 {
      now.milliseconds += .random(in: 0...1_500, using: &random)
      let rule = Self.rules.randomElement(using: &random)!
      let scope = PlainCaps.Scope(
        account: AccountID(rawValue: .random(in: 0..<3, using: &random)),
        user: .random(in: 1...12, using: &random), periodSeconds: rule.periodSeconds)
      let allowed = caps.allows(rule, account: scope.account, user: scope.user, at: now)
      check(allowed, rule, scope, now, plain, seed)
      let reserved = caps.reserve(rule, account: scope.account, user: scope.user, at: now)
      #expect(reserved == allowed, "seed \(seed)")
      if reserved {
        plain.add(scope, at: now)
        open.append(Bid(rule: rule, scope: scope, time: now))
      } else {
        refusals += 1
      }
      resolve(&open, caps, &plain, &random)
    }
    #expect(refusals > 100, "seed \(seed)")
    #expect(caps.evictions == 0)
  }

  /// Refused as long as the last period holds enough, allowed when a fifteenth more does not.
  private func check(
    _ allowed: Bool, _ rule: CapRule, _ scope: PlainCaps.Scope, _ now: WallTime,
    _ plain: PlainCaps, _ seed: UInt64
  ) {
    let period = Int64(rule.periodSeconds) * 1_000
    let limit = Int(rule.impressions)
    if plain.count(scope, at: now, within: period) >= limit {
      #expect(!allowed, "seed \(seed)")
    }
    if plain.count(scope, at: now, within: period * 15 / 14 + 15) < limit {
      #expect(allowed, "seed \(seed)")
    }
  }

  private func resolve(
    _ open: inout [Bid], _ caps: CapTable, _ plain: inout PlainCaps,
    _ random: inout SeededGenerator
  ) {
    guard !open.isEmpty, Bool.random(using: &random) else { return }
    let bid = open.remove(at: .random(in: 0..<open.count, using: &random))
    let (account, user) = (bid.scope.account, bid.scope.user)
    if Bool.random(using: &random) {
      caps.book(bid.rule, account: account, user: user, madeAt: bid.time, wasReserved: true)
    } else {
      caps.release(bid.rule, account: account, user: user, madeAt: bid.time)
      plain.remove(bid.scope, at: bid.time)
    }
  }
}
