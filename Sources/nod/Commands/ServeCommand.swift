import ArgumentParser
import ControlPlane
import Foundation
import LinuxIO
import Logging

/// `nod serve`: data plane and control plane in one process.
struct ServeCommand: ParsableCommand {
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

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let input = try load(environment)
    guard !check else {
      Output.problems(input.warnings)
      try checkSecrets(input.configuration)
      return Output.line(
        "ok: \(input.configuration.exchanges.count) exchanges, "
          + "\(input.configuration.audience.sources.count) audience sources, "
          + "\(input.documents.lineItemCount) line items")
    }
    do {
      BrokenPipes.ignore()
      try OpenFileLimit.raise()
      ServerLog.process.adopt(input.configuration.log)
      ServerLog.process.takeOver()
      Logger(label: "nod").log(input.warnings)
      var signals = try SignalLoop(path: config, environment: environment)
      // Until the process ends, as are the threads that it watches.
      _ = try StandbyWatch()
      let server = try Server(input)
      signals.run(server)
    } catch let failure as CommandFailure {
      Output.error(failure.message)
      throw failure.status.exit
    } catch {
      Output.error("nod: \(error)")
      throw ExitStatus.software.exit
    }
  }

  /// What is missing is made by the start alone.
  private func checkSecrets(_ configuration: Configuration) throws {
    do {
      _ = try SecretFile.read(configuration.bidder.noticeKeyFile, name: "bidder.notice_key_file")
      let token = try SecretFile.read(
        configuration.control.tokenFile, name: "control.token_file", as: .token)
      if let warning = token?.warning { Output.error(warning) }
    } catch {
      Output.error(error.message)
      throw error.status.exit
    }
  }

  private func load(_ environment: [String: String]) throws -> ServeInput {
    do {
      return try ServeInput.load(path: config, environment: environment)
    } catch {
      Output.problems(error.problems)
      throw ExitStatus.configuration.exit
    }
  }
}
