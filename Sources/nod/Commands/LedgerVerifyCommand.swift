import ArgumentParser
import AuctionTypes
import BudgetLedger
import Journal
import LinuxIO

/// `nod ledger verify`: replays the journal, checks every invariant, prints balances.
struct LedgerVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Replay the journal of a data folder, check every invariant, print the balances.",
    discussion: """
      Reads a folder that no server holds and changes nothing in it. Exits with 0 when all is \
      well, with 65 when something is damaged or an invariant is broken, and with 75 while a \
      server holds the folder.
      """)

  @Flag(name: .long, help: "Print the balances as JSON.")
  var json = false

  @Argument(help: "The data_dir of a server that has stopped.")
  var path: String

  func run() throws {
    do {
      let lock = try DataFolder.lockForReading(path)
      let reading = try Self.read(path)
      withExtendedLifetime(lock) {}
      for note in reading.notes { Output.error(note) }
      for problem in reading.problems { Output.error(problem) }
      let report = LedgerReport(isOK: reading.problems.isEmpty, accounts: reading.accounts)
      Output.line(json ? report.json : report.text)
      if !report.isOK { throw ExitStatus.dataError.exit }
    } catch let failure as CommandFailure {
      Output.error(failure.message)
      throw failure.status.exit
    }
  }

  private static func read(_ path: String) throws(CommandFailure) -> LedgerReading {
    let folder = Directory(path).path(of: LedgerService.journalFolder)
    do {
      guard try FileStatus.of(folder) != nil else {
        throw FileError(operation: "open", path: folder, code: Errno.notFound.rawValue)
      }
      return try LedgerThread.read(folder)
    } catch let error as FileError {
      throw CommandFailure(
        status: error.isMissing ? .noInput : .inputOutput, message: "\(error)")
    } catch {
      throw CommandFailure(status: .dataError, message: "\(error)")
    }
  }
}
