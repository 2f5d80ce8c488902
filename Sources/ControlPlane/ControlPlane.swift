import Hummingbird
import Logging
import ServiceLifecycle

/// The operators' HTTP server, on a port of its own: `GET /metrics` without a key.
///
/// It runs beside the data plane and shares nothing with it but the closure that reads the
/// counters, so that a slow or flooded control plane costs no bid.
package struct ControlPlane: Service {
  private let host: String
  private let port: Int
  private let logger: Logger
  private let routes: ControlRoutes
  private let onListening: @Sendable (Int) -> Void

  /// A server of an address; port 0 lets the system choose.
  /// - Parameters:
  ///   - metrics: the counters in Prometheus' text format, read once a scrape.
  ///   - onListening: called once with the port that the server listens at.
  package init(
    host: String, port: UInt16, logger: Logger,
    metrics: @escaping @Sendable () -> String,
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.host = host
    self.port = Int(port)
    self.logger = logger
    self.onListening = onListening
    routes = ControlRoutes(metrics: metrics)
  }

  /// Serves until the service group shuts down; throws if the address cannot be listened at.
  package func run() async throws {
    let routes = routes
    let onListening = onListening
    let application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in
        routes.response(to: request)
      },
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
