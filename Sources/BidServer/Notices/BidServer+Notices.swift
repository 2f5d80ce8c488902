import AuctionTypes
import BudgetLedger
import Telemetry

extension BidServer {
  /// Notices of each kind and result: those that workers judged, and those that the ledger did.
  ///
  /// - Parameter ledger: how many the ledger has counted.
  package func notices(
    ledger: (NoticeKind, NoticeResult) -> UInt64
  ) -> [MetricsPage.Money.Notices] {
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
}
