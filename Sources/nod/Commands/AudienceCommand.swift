import ArgumentParser

/// `nod audience`: what is known of users, without a server.
struct AudienceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audience",
    abstract: "Build, describe, search and make up audience snapshots.",
    subcommands: [
      AudienceBuildCommand.self, AudienceInfoCommand.self, AudienceLookupCommand.self,
      AudienceSynthCommand.self,
    ])
}
