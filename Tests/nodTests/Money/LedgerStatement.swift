import Foundation

/// What `nod ledger verify --json` says of a data folder.
struct LedgerStatement: Decodable, Sendable {
  /// One campaign or line item.
  struct Account: Decodable, Sendable {
    let account: String
    let totalBudgetMicros: Int64?
    let dailyBudgetMicros: Int64?
    let daySettledMicros: Int64
    let escrowMicros: Int64
    let reservedMicros: Int64
    let settledMicros: Int64
    let lateMicros: Int64
    let notices: Int

    enum CodingKeys: String, CodingKey {
      case account, notices
      case totalBudgetMicros = "total_budget_micros"
      case dailyBudgetMicros = "daily_budget_micros"
      case daySettledMicros = "day_settled_micros"
      case escrowMicros = "escrow_micros"
      case reservedMicros = "reserved_micros"
      case settledMicros = "settled_micros"
      case lateMicros = "late_micros"
    }
  }

  let ok: Bool
  let accounts: [Account]

  /// Reads a folder that no server holds.
  init(of folder: TemporaryFolder, executable: URL) throws {
    let outcome = try NodProcess.run(
      ["ledger", "verify", "data", "--json"], in: folder, executable: executable)
    guard outcome.status == 0 else {
      throw ServerProcess.Failure(
        description: "verify ended with \(outcome.status): \(outcome.errors)\(outcome.output)")
    }
    self = try JSONDecoder().decode(Self.self, from: Data(outcome.output.utf8))
  }

  /// The account of a path.
  func account(_ path: String) -> Account? { accounts.first { $0.account == path } }
}
