import AuctionTypes
import BudgetLedger
import Telemetry

extension BidServer {
  /// What workers and ledger have counted of notices and money; of the journal, the event log and
  /// the frequency caps the caller knows.
  ///
  /// - Parameter numbers: the accounts that there are.
  /// - Complexity: O(accounts).
  package func money(_ figures: LedgerFigures, numbers: LedgerNumbers) -> MetricsPage.Money {
    var money = MetricsPage.Money()
    money.notices = notices { figures.count(kind: $0, result: $1) }
    money.priceProblems = PriceProblem.allCases.filter { $0 != .none }.map {
      ("\($0.name)", figures.count(problem: $0))
    }
    var spend: [String: Int64] = [:]
    for (path, account) in numbers.accounts {
      guard let advertiser = Self.advertiser(ofCampaign: path) else { continue }
      // Each account's sum is rounded down once, as where it is reported.
      spend[advertiser, default: 0] &+= Money(nanos: figures.settledNanos(account)).micros
      money.reservedMicros &+= Money(nanos: figures.reservedNanos(account)).micros
      money.escrowMicros &+= Money(nanos: figures.escrowNanos(account)).micros
    }
    money.spendMicros = spend.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return money
  }

  /// Notices of each kind and result: those that workers judged, and those that the ledger did.
  ///
  /// - Parameter ledger: how many the ledger has counted.
  func notices(ledger: (NoticeKind, NoticeResult) -> UInt64) -> [MetricsPage.Money.Notices] {
    NoticeKind.allCases.flatMap { kind in
      NoticeResult.allCases.map { result in
        let own = metrics.reduce(0) {
          $0 + $1.notices(kind: Int(kind.rawValue), result: Int(result.rawValue))
        }
        return MetricsPage.Money.Notices(
          kind: "\(kind.name)", result: "\(result.name)", count: own + ledger(kind, result))
      }
    }
  }

  /// The advertiser of `advertiser/campaign`; nil for a line item, whose amounts are its campaign's
  /// too.
  private static func advertiser(ofCampaign path: String) -> String? {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count == 2 ? String(parts[0]) : nil
  }
}
