import ControlStore
import LinuxIO
import Logging
import ServiceLifecycle
import Support
import Testing

@testable import ControlPlane

/// A control plane on a free port, with a database in a folder that goes with it.
final class ControlRig: Sendable {
  static let token = "administrator-of-the-tests-0123456789"

  let parts: ControlParts
  private let folder: String

  /// - Parameters:
  ///   - documents: what the desk of documents works on.
  ///   - change: puts other parts in.
  init(
    clock: AccessClock = AccessClock(), documents: DocumentPort = DocumentPort(),
    _ change: (inout ControlParts) -> Void = { _ in }
  ) throws {
    folder = "/tmp/nod-control-\(UInt64.random(in: 0 ... .max))"
    try Directory(folder).create()
    let database = try ControlDatabase(path: "\(folder)/\(ControlDatabase.fileName)")
    let advertisers = AdvertisersInForce()
    var parts = ControlParts(
      database: database,
      access: try AccessControl(
        database: database, administratorToken: Array(Self.token.utf8), clock: clock),
      advertisers: advertisers,
      documents: try DocumentDesk(
        database: database, advertisers: advertisers, port: documents),
      metrics: { "nod_up 1\n" })
    change(&parts)
    self.parts = parts
  }

  deinit { try? Directory(folder).removeAll() }

  static var logger: Logger {
    Logger(label: "test") { JSONLogHandler(label: $0, level: .critical) }
  }

  func server(
    port: UInt16 = 0, logger: Logger = ControlRig.logger,
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> ControlPlane {
    ControlPlane(
      host: "127.0.0.1", port: port, logger: logger, parts: parts, onListening: onListening)
  }

  /// Runs a server on a free port, lends its port, and shuts it down.
  func serve(
    logger: Logger = ControlRig.logger, _ body: @escaping @Sendable (UInt16) throws -> Void
  ) async throws {
    try await Self.serve(parts, logger: logger, body)
  }

  /// The same with other parts.
  static func serve(
    _ parts: ControlParts, logger: Logger = ControlRig.logger,
    _ body: @escaping @Sendable (UInt16) throws -> Void
  ) async throws {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let plane = ControlPlane(
      host: "127.0.0.1", port: 0, logger: logger, parts: parts,
      onListening: { continuation.yield($0) })
    let group = ServiceGroup(services: [plane], logger: Self.logger)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      do {
        try await onOwnThread { try body(UInt16(port)) }
        await group.triggerGracefulShutdown()
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
      try await tasks.waitForAll()
    }
  }
}
