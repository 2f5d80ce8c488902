import ControlPlane
import Foundation
import LinuxIO
import Logging
import Synchronization

/// Turns signals into what a server does.
struct SignalLoop {
  /// How often replaced snapshots are looked at, in milliseconds.
  private static let reclaimMilliseconds: Int32 = 500

  private let signals: SignalSource
  private let path: String?
  private let environment: [String: String]
  private var supervisor: Supervisor
  private let logger = Logger(label: "nod")

  /// Collects the signals from here on; must be made before any other thread starts.
  init(path: String?, environment: [String: String]) throws {
    signals = try SignalSource()
    self.path = path
    self.environment = environment
    supervisor = Supervisor(
      environment: environment, processIdentifier: ProcessInfo.processInfo.processIdentifier)
  }

  /// Serves until a signal ends the server.
  mutating func run(_ server: Server) {
    logger.log(.notice, .ready, server.readyLine, server.readyFields)
    supervisor.ready(server.readyLine)
    while true {
      supervisor.giveSignOfLife()
      switch signals.next(timeoutMilliseconds: Self.reclaimMilliseconds) {
      case .hangup:
        supervisor.reloading()
        supervisor.ready(reload(server))
      case .interrupt, .terminate: return stop(server)
      case nil: server.tend()
      }
    }
  }

  /// Takes over what changed, or keeps everything.
  /// - Returns: what came of it, in words.
  private func reload(_ server: Server) -> String {
    let running = server.input.configuration
    do {
      let input = try Behind.run { [path, environment, logger] in
        let input = try ServeInput.load(path: path, environment: environment, running: running)
        logger.log(input.warnings)
        try server.reload(input)
        return input
      }
      server.state.note(reloaded: true)
      ServerLog.process.adopt(input.configuration.log)
      let changed = input.configuration.changes(from: running).joined(separator: ", ")
      let lineItems = server.input.documents.lineItemCount
      let message = "nod: reloaded, \(lineItems) line items"
      logger.log(
        .notice, .reloaded, message,
        ["changed": changed.isEmpty ? "documents only" : changed, "line_items": "\(lineItems)"])
      return message
    } catch {
      server.state.note(reloaded: false)
      if let refusal = error as? ServeInput.Refusal { logger.log(refusal.problems) }
      if let failure = error as? CommandFailure { logger.log(.error, .problem, failure.message) }
      let message = "nod: not reloaded; what was in force before stays so"
      logger.log(.error, .reloadRefused, message)
      return message
    }
  }

  /// Stops in order; another signal meanwhile ends the process at once.
  private func stop(_ server: Server) {
    supervisor.stopping()
    logger.log(.notice, .stopping, "nod: stopping")
    let signals = self.signals
    let watcher = try? LinuxIO.Thread(name: "nod-signals") {
      while true {
        guard let signal = signals.next(), signal != .hangup else { continue }
        exit(128 + signal.rawValue)
      }
    }
    withExtendedLifetime(watcher) { server.stop() }
    logger.log(.notice, .stopped, "nod: stopped")
  }
}
