import LinuxIO

@testable import BidServer
@testable import Telemetry

/// A server of one worker on a free port, stopped when the value ends.
final class TestServer {
  let server: BidServer

  /// What the handler answers to any object.
  static let bid =
    "{\"id\":\"1\",\"seatbid\":[{\"bid\":[{\"id\":\"b\",\"impid\":\"1\",\"price\":2}]}]}"

  static let exchanges = [
    ExchangeEndpoint(name: "example"), ExchangeEndpoint(name: "tested", hasTestHeader: true),
    ExchangeEndpoint(name: "object", noBidForm: .emptyObject),
    ExchangeEndpoint(name: "seatbid", noBidForm: .emptySeatBid),
    ExchangeEndpoint(name: "nbr", noBidForm: .reasonCode, hasTestHeader: true),
    ExchangeEndpoint(name: "a-name-longer-than-a-word"),
  ]

  init(
    bid: String = "", workers: Int = 1, maxBodyBytes: Int = 256 << 10,
    _ change: (inout ServerLimits) -> Void = { _ in }
  ) throws {
    var limits = ServerLimits()
    limits.drainIdleMilliseconds = 50
    limits.lingerMilliseconds = 200
    change(&limits)
    let answer = Array(bid.utf8)
    server = try BidServer(
      ServerConfiguration(
        listen: SocketAddress(host: "127.0.0.1", port: 0), workers: workers,
        maxBodyBytes: maxBodyBytes, exchanges: Self.exchanges, limits: limits)
    ) { _ in BidHandler(bid: answer) }
    try server.start()
    server.setReady(true)
  }

  deinit { server.stop() }

  func connect() throws -> TestClient { try TestClient(port: server.port) }

  /// The errors counted with a status, for an exchange or for none.
  func errors(_ status: UInt16, exchange: Int? = 0) -> UInt64 {
    let place = WorkerMetrics.statuses.firstIndex(of: status) ?? WorkerMetrics.statuses.count - 1
    return server.metrics.reduce(0) {
      $0 + $1.errors(exchange: exchange ?? $1.noExchange, statusIndex: place)
    }
  }
}

/// A request's bytes.
enum Request {
  static let body = "{\"id\":\"1\",\"imp\":[{\"id\":\"1\"}]}"

  static func bid(
    _ body: String = body, exchange: String = "example", fields: String = ""
  ) -> String {
    """
    POST /openrtb2/\(exchange) HTTP/1.1\r\nHost: a\r\n\(fields)\
    Content-Length: \(body.utf8.count)\r\n\r\n\(body)
    """
  }

  static func head(_ line: String, _ fields: String = "") -> String {
    "\(line) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
  }
}
