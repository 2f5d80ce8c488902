import AuctionTypes
import BidEngine
import BudgetLedger
import CampaignCatalog
import FixedMemory
import Journal
import LinuxIO

/// What `nod explain` takes budgets from: the journal of the data folder, where there is one.
///
/// What bids hold at the moment is not in the journal, nor are the counts of frequency caps; so a
/// line item that a server refuses for them may bid here.
struct ExplainDesk: ~Copyable {
  /// Numbers for all that the documents name.
  let numbers: LedgerNumbers
  /// What was considered, for people.
  let note: String
  private let cells: EscrowCells?

  /// Looks that may meet a server that replaces files, before giving up.
  private static let attempts = 5

  /// Reads the journal without changing it, also while a server holds it.
  init(_ input: ServeInput, now: WallTime) {
    let configuration = input.configuration
    numbers = .sequential(
      for: input.documents.advertisers, exchanges: configuration.exchangeRules)
    let folder = Directory(configuration.dataDirectory).path(of: LedgerService.journalFolder)
    guard let accounts = Self.accounts(folder) else {
      note = "budgets are not considered: there is no journal that can be read in \(folder)"
      cells = nil
      return
    }
    note = "budgets as of the journal in \(folder); frequency caps are not considered"
    let cells = EscrowCells(accounts: max(1, numbers.accounts.count))
    for campaign in LedgerPlan(input, now: now).campaigns {
      for lineItem in campaign.lineItems {
        guard let number = numbers.accounts[lineItem.path] else { continue }
        let day = campaign.zone.day(at: now)
        let left = min(
          Self.left(of: lineItem.budget, accounts[lineItem.path], on: day),
          Self.left(of: campaign.budget, accounts[campaign.path], on: day))
        _ = cells.reset(number, to: day)
        _ = cells.give(left, account: number, day: day)
      }
    }
    self.cells = cells
  }

  private static func accounts(_ folder: String) -> [String: AccountSummary]? {
    guard (try? FileStatus.of(folder)) != nil else { return nil }
    for _ in 0..<attempts {
      guard let reading = try? LedgerThread.read(folder), reading.problems.isEmpty else { continue }
      return Dictionary(uniqueKeysWithValues: reading.accounts.map { ($0.path, $0) })
    }
    return nil
  }

  /// What is not spent of a budget on a day.
  private static func left(
    of budget: BudgetPlan, _ account: AccountSummary?, on day: LocalDay
  ) -> Money {
    let settled = account?.settled ?? .zero
    let today = account?.day == day ? account?.daySettled ?? .zero : .zero
    let most = Money(nanos: LedgerLimits.escrowNanos)
    let left = min(
      budget.total.map { $0 - settled } ?? most, budget.daily.map { $0 - today } ?? most)
    return max(.zero, min(left, most))
  }

  /// A desk that looks and spends nothing.
  consuming func desk() -> SpendingDesk {
    guard let cells else { return .withoutLedger() }
    return SpendingDesk(
      cells: cells, caps: CapTable(slots: 64),
      lane: LedgerLane(reservations: 2 * EngineLimits.bids, notices: 1, events: 1),
      signer: NoticeSigner(key: Array(repeating: 0, count: SecretFile.minimumBytes)), boot: 0,
      worker: 0, isSpending: false)
  }
}
