import ArgumentParser
import Foundation

/// `nod serve`: data plane and control plane in one process.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer bid requests until SIGTERM or SIGINT; SIGHUP reloads.",
    discussion: """
      Every scalar key of the configuration outside a list can be overridden by an environment \
      variable: NOD_ and its path in upper case, such as NOD_BIDDER_LISTEN.
      """)

  @Option(name: .long, help: "The configuration file; without one the defaults hold.")
  var config: String?

  @Flag(name: .long, help: "Validate the configuration and its documents, then exit.")
  var check = false

  func run() async throws {
    let input: ServeInput
    do {
      input = try ServeInput.load(
        path: config, environment: ProcessInfo.processInfo.environment)
    } catch {
      Output.problems(error.problems)
      throw ExitStatus.configuration.exit
    }
    Output.problems(input.warnings)
    guard !check else {
      return Output.line(
        "ok: \(input.configuration.exchanges.count) exchanges, "
          + "\(input.configuration.audience.sources.count) audience sources, "
          + "\(input.documents.lineItemCount) line items")
    }
  }
}
