import ArgumentParser

/// `nod audit`: who changed what, without a server.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Check the log of all writes.",
    subcommands: [AuditVerifyCommand.self])
}
