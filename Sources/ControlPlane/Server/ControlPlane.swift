import Hummingbird
import Logging
import ServiceLifecycle

/// The operators' and advertisers' HTTP server, on a port of its own.
///
/// It runs beside the data plane and shares nothing with it but what ``ControlParts`` lends, so
/// that a slow or flooded control plane costs no bid.
package struct ControlPlane: Service {
  private let host: String
  private let port: Int
  private let logger: Logger
  private let responder: ControlResponder
  private let onListening: @Sendable (Int) -> Void

  /// A server of an address; port 0 lets the system choose.
  /// - Parameter onListening: called once with the port that the server listens at.
  package init(
    host: String, port: UInt16, logger: Logger, parts: ControlParts,
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.host = host
    self.port = Int(port)
    self.logger = logger
    self.onListening = onListening
    responder = ControlResponder(parts: parts, logger: logger)
  }

  /// Serves until the service group shuts down; throws if the address cannot be listened at.
  package func run() async throws {
    let onListening = onListening
    let application = Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(ControlLimits.idleSeconds),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: ControlLimits.headBytes, maxHeaderListSize: ControlLimits.headBytes,
            maxHeaderFieldCount: ControlLimits.headFields))),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        availableConnectionsDelegate: .maximum(ControlLimits.connections, logger: logger)),
      onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
      logger: logger)
    try await application.run()
  }
}
