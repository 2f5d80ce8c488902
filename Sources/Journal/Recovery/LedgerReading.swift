import BudgetLedger
import FixedMemory
import LinuxIO

/// What a journal's folder holds, read without changing it: for `nod ledger verify`.
package struct LedgerReading: Sendable {
  /// All balances, sorted by path; up to the damage, where there is any.
  package var accounts: [AccountSummary]
  /// What a crash left, in words: the next start cuts it.
  package var notes: [String]
  /// Damage and broken invariants, in words; empty is well.
  package var problems: [String]

  /// Reads a folder that no server holds.
  ///
  /// Throws the disk's `FileError` where it cannot be read.
  ///
  /// - Complexity: O(bytes of the newest checkpoint and of the segments since).
  package init(_ disk: any JournalDisk) throws {
    var ledger = Ledger(
      cells: EscrowCells(), caps: CapTable(slots: 8), figures: LedgerFigures(),
      settings: LedgerSettings(reservations: 1, frameBytes: 1 << 16))
    var recovery = JournalRecovery(disk, repairs: false)
    problems = []
    do {
      try recovery.run(into: &ledger)
    } catch let damage as JournalDamage {
      problems.append(damage.description)
    }
    notes = recovery.recovered.notes
    accounts = ledger.accounts
    problems += ledger.verify()
  }
}

extension LedgerThread {
  /// What a journal's folder holds: all balances, what a crash left, and what is damaged or broken.
  package static func read(_ folder: String) throws -> LedgerReading {
    try LedgerReading(FolderDisk(folder))
  }
}
