import ArgumentParser
import Foundation
import LinuxIO

/// The command line: `nod-load run` (which may be left out), `find-max` and `slow`.
@main
struct NodLoad: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nod-load",
    abstract: "An open-loop load generator for bidders.",
    discussion: """
      Requests are sent at planned times whatever the target does, and latency counts from the \
      planned time. Exit codes: 1 a threshold was broken, 64 wrong options, 65 a file with wrong \
      content, 69 the target cannot be reached.
      """,
    subcommands: [RunCommand.self, FindMaxCommand.self, SlowCommand.self],
    defaultSubcommand: RunCommand.self)

  static func main() {
    BrokenPipes.ignore()
    do {
      let arguments = try Scenario.expanded(Array(CommandLine.arguments.dropFirst()))
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let failure as LoadFailure {
      Terminal.error("nod-load: \(failure.message)")
      Foundation.exit(failure.status)
    } catch {
      end(error)
    }
  }

  /// Help goes out as it is; wrong options are one line.
  private static func end(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    guard code == .validationFailure else { exit(withError: error) }
    let message = message(for: error).split(separator: "\n").first ?? "wrong options"
    Terminal.error("nod-load: \(message) (see nod-load --help)")
    exit(withError: code)
  }
}
