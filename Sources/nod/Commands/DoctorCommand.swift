import ArgumentParser
import Foundation

/// `nod doctor`: whether this machine is fit to serve, and what to do where it is not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check this machine's limits, clock, disk and kernel settings for a configuration.",
    discussion: """
      Run it as the user and on the machine of the server, which may be running. Exits with 78 when \
      a check fails; warnings alone exit with 0.
      """)

  @Option(name: .long, help: "The configuration file; without one the defaults hold.")
  var config: String?

  @Flag(name: .long, help: "Print the findings as JSON.")
  var json = false

  func run() throws {
    let loaded = Configuration.load(
      path: config, environment: ProcessInfo.processInfo.environment)
    Output.problems(loaded.problems)
    guard let configuration = loaded.configuration else { throw ExitStatus.configuration.exit }
    let findings = Doctor(configuration: configuration).examine()
    let isFit = !findings.contains { $0.grade == .fail }
    if json {
      try Output.json(Examination(ok: isFit, findings: findings))
    } else {
      for finding in findings { Output.line(finding.text) }
    }
    if !isFit { throw ExitStatus.configuration.exit }
  }

  /// What `--json` prints.
  private struct Examination: Encodable {
    let ok: Bool
    let findings: [Finding]
  }
}
