import Foundation
import LinuxIO
import Synchronization

/// Turns signals into what a server does.
struct SignalLoop {
  /// How often replaced snapshots are looked at, in milliseconds.
  private static let reclaimMilliseconds: Int32 = 500

  private let signals: SignalSource
  private let path: String?
  private let environment: [String: String]

  /// Collects the signals from here on; must be made before any other thread starts.
  init(path: String?, environment: [String: String]) throws {
    signals = try SignalSource()
    self.path = path
    self.environment = environment
  }

  /// Serves until a signal ends the server.
  func run(_ server: Server) {
    while true {
      switch signals.next(timeoutMilliseconds: Self.reclaimMilliseconds) {
      case .hangup: reload(server)
      case .interrupt, .terminate: return stop(server)
      case nil: server.tend()
      }
    }
  }

  private func reload(_ server: Server) {
    do {
      let input = try ServeInput.load(
        path: path, environment: environment, running: server.input.configuration)
      Output.problems(input.warnings)
      try server.reload(input)
      Output.error("nod: reloaded, \(server.input.documents.lineItemCount) line items")
    } catch {
      if let refusal = error as? ServeInput.Refusal { Output.problems(refusal.problems) }
      if let failure = error as? CommandFailure { Output.error(failure.message) }
      Output.error("nod: not reloaded; what was in force before stays so")
    }
  }

  /// Stops in order; another signal meanwhile ends the process at once.
  private func stop(_ server: Server) {
    let signals = self.signals
    let watcher = try? LinuxIO.Thread(name: "nod-signals") {
      while true {
        guard let signal = signals.next(), signal != .hangup else { continue }
        exit(128 + signal.rawValue)
      }
    }
    withExtendedLifetime(watcher) { server.stop() }
  }
}
