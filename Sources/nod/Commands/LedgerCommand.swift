import ArgumentParser

/// `nod ledger`: what was spent, without a server.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Check what was granted and spent.",
    subcommands: [LedgerVerifyCommand.self])
}
