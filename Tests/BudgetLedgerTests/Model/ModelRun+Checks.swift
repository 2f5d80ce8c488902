import AuctionTypes
import BudgetLedger
import FixedMemory

extension ModelRun {
  /// Everything that must hold after every event.
  func check() {
    for problem in bench.ledger.verify() { fail(problem) }
    for summary in bench.ledger.accounts { check(summary) }
    if bench.ledger.pending.isEmpty { checkCells() }
  }

  private func check(_ summary: AccountSummary) {
    let account = bench.numbers.accounts[summary.path]!
    let durable = model.durable
    let settled = durable.settled[account, default: 0]
    let late = durable.late[account, default: 0]
    let reserved = model.reserved(account)
    let escrow = durable.granted[account, default: 0] - settled - reserved
    expect(summary.settled.nanos, settled + late, "\(summary.path) settled")
    expect(summary.late.nanos, late, "\(summary.path) late")
    expect(summary.reserved.nanos, reserved, "\(summary.path) reserved")
    expect(summary.escrow.nanos, escrow, "\(summary.path) escrow")
    expect(
      Int64(summary.notices), Int64(durable.notices[account, default: 0]),
      "\(summary.path) notices")
    expect(bench.figures.settledNanos(account), settled + late, "\(summary.path) shown")
    expect(bench.figures.escrowNanos(account), escrow, "\(summary.path) escrow shown")
    guard let day = summary.day else { return }
    let place = PlainLedger.Place(account: account, day: day)
    expect(
      summary.daySettled.nanos,
      durable.daySettled[place, default: 0] + durable.dayLate[place, default: 0],
      "\(summary.path) of the day")
  }

  /// Once all is committed, each nano of escrow is in the cell or held.
  private func checkCells() {
    for (account, _) in model.parents {
      let day = bench.cells.day(of: account)
      for (place, granted) in model.durable.dayGranted where place.account == account {
        let escrow =
          granted - model.durable.daySettled[place, default: 0]
          - model.reserved(account, on: place.day) - model.held(place)
        let cell = place.day == day ? bench.cells.amount(of: account).nanos : 0
        expect(cell, escrow, "\(account) cell of \(place.day)")
      }
    }
  }

  /// What was paused, removed or in no plan holds nothing.
  func checkClosed() {
    let open = Set(
      documentInForce.campaigns.filter(\.isActive).flatMap(\.lineItems).filter(\.isActive)
        .map(\.path))
    for path in Self.lineItems where !open.contains(path) {
      guard let account = bench.numbers.accounts[path] else { continue }
      expect(bench.cells.amount(of: account).nanos, 0, "\(path) closed")
    }
  }

  /// No bid unless what is booked in time, what is out and this bid fit all four budgets.
  func checkBid(_ account: AccountID, _ day: LocalDay, _ amount: Int64) {
    for level in [account, model.parents[account]!] {
      let total =
        model.durable.settled[level, default: 0]
        + model.outstanding(level, on: nil, at: bench.time) + amount
      if let budget = model.budgets[level]?.total?.nanos, total > budget {
        fail("a bid takes \(level) to \(total) of \(budget)")
      }
      let daily =
        model.durable.daySettled[PlainLedger.Place(account: level, day: day), default: 0]
        + model.outstanding(level, on: day, at: bench.time) + amount
      if let budget = model.budgets[level]?.daily?.nanos, daily > budget {
        fail("a bid takes \(level) to \(daily) of \(budget) for the day")
      }
    }
  }

  /// A ledger restored from a checkpoint writes the same one.
  func checkRoundTrip(_ bytes: [UInt8]) {
    var other = Ledger(
      cells: EscrowCells(accounts: bench.accounts), caps: bench.caps,
      figures: LedgerFigures(accounts: bench.accounts), settings: bench.settings)
    do {
      try other.restore(checkpoint: bytes.rawSpan)
      var again: [UInt8] = []
      other.checkpoint(into: &again)
      if again != bytes { fail("a restored checkpoint differs") }
    } catch {
      fail("a checkpoint is not believed: \(error)")
    }
  }

  private func expect(_ value: Int64, _ expected: Int64, _ what: String) {
    if value != expected { fail("\(what): \(value), not \(expected)") }
  }
}
