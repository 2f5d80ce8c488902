import AuctionTypes
import BudgetLedger
import Support

/// Traffic for one line item: more bid requests than its budget can use, some won, some lost, and
/// notices that take their time.
final class FlightSimulation {
  struct Traffic {
    var attemptsPerTurn = 8
    var winRate = 0.4
    /// From bid to notice.
    var delayMilliseconds = 200...600
    /// The share of losses that a notice tells of; the others expire.
    var lossNotices = 1.0
    var windowSeconds: UInt32 = 5
    var prices: ClosedRange<Int64> = 50_000...100_000
  }

  let bench = LedgerBench(reservations: 1 << 16)
  private let traffic: Traffic
  private var random: SeededGenerator
  private var notices: [Int: [(NoticeKind, NoticeToken, Int64)]] = [:]
  private var turn = 0

  init(_ traffic: Traffic = Traffic(), seed: UInt64) {
    self.traffic = traffic
    random = SeededGenerator(seed: seed)
  }

  var spent: Int64 { bench.summary("a/c").settled.nanos }

  /// Runs turns of 10 ms.
  func run(milliseconds: Int, isBidding: Bool = true) {
    for _ in 0..<milliseconds / 10 {
      turn += 1
      for (kind, token, paid) in notices.removeValue(forKey: turn) ?? [] {
        _ = bench.notify(kind, token, paid: paid)
      }
      if isBidding { for _ in 0..<traffic.attemptsPerTurn { attempt() } }
      bench.turn()
      bench.frames = []
    }
  }

  private func attempt() {
    let price = Int64.random(in: traffic.prices, using: &random)
    guard let token = bench.bid("a/c/l", price, window: traffic.windowSeconds) else { return }
    let delay = Int.random(in: traffic.delayMilliseconds, using: &random) / 10
    if Double.random(in: 0..<1, using: &random) < traffic.winRate {
      notices[turn + max(1, delay), default: []].append((.billing, token, price * 8 / 10))
    } else if Double.random(in: 0..<1, using: &random) < traffic.lossNotices {
      notices[turn + max(1, delay), default: []].append((.loss, token, 0))
    }
  }
}
