import ArgumentParser

/// The command line: `nod serve`, `nod check`, `nod apply`, `nod report`, `nod audience`,
/// `nod explain`, `nod ledger`, `nod audit`, `nod doctor`.
@main
struct Nod: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nod",
    abstract: "A demand-side bidder for OpenRTB exchanges.",
    version: "nod \(Release.version)",
    subcommands: [
      ServeCommand.self, CheckCommand.self, ApplyCommand.self, ReportCommand.self,
      AudienceCommand.self, ExplainCommand.self, LedgerCommand.self, AuditCommand.self,
      DoctorCommand.self,
    ])
}
