import Foundation
import LinuxIO
import Logging
import ServiceLifecycle
import Support
import Testing

@testable import ControlPlane

@Suite struct ControlPlaneTests {
  private static func server(
    port: UInt16 = 0, onListening: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> ControlPlane {
    ControlPlane(
      host: "127.0.0.1", port: port, logger: logger, metrics: { "nod_up 1\n" },
      onListening: onListening)
  }

  private static var logger: Logger {
    Logger(label: "test") { JSONLogHandler(label: $0, level: .critical) }
  }

  /// Runs a server on a free port, lends its port, and shuts it down.
  private func withServer(_ body: @escaping @Sendable (UInt16) throws -> Void) async throws {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let group = ServiceGroup(
      services: [Self.server { continuation.yield($0) }], logger: Self.logger)
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

  @Test func servesMetricsWithoutAKey() async throws {
    try await withServer { port in
      var client = try TestClient(port: port)
      let answer = try client.request("GET", "/metrics")
      #expect(answer.status == 200)
      #expect(answer.text == "nod_up 1\n")
      #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
      #expect(answer.header("Server") == nil)
    }
  }

  @Test func answersHeadWithoutABody() async throws {
    try await withServer { port in
      var client = try TestClient(port: port)
      let answer = try client.request("HEAD", "/metrics")
      #expect(answer.status == 200)
      #expect(answer.header("Content-Length") == "9")
      #expect(try client.request("GET", "/metrics").text == "nod_up 1\n")
    }
  }

  @Test(arguments: ["/", "/v1/apply", "/metrics/", "/metric", "/openrtb2/example"])
  func answersOtherPathsWithAProblemDocument(_ path: String) async throws {
    try await withServer { port in
      var client = try TestClient(port: port)
      for method in ["GET", "POST"] {
        let answer = try client.request(method, path, body: method == "POST" ? [0x7B] : nil)
        #expect(answer.status == 404)
        #expect(answer.header("Content-Type") == "application/problem+json")
        let problem = try #require(
          JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        #expect(problem["status"] as? Int == 404)
        #expect(problem["title"] as? String == "Not Found")
        #expect(problem["type"] as? String == "about:blank")
        #expect((problem["detail"] as? String)?.isEmpty == false)
      }
    }
  }

  @Test func namesTheMethodsOfMetrics() async throws {
    try await withServer { port in
      var client = try TestClient(port: port)
      let answer = try client.request("DELETE", "/metrics")
      #expect(answer.status == 405)
      #expect(answer.header("Allow") == "GET, HEAD")
      #expect(answer.header("Content-Type") == "application/problem+json")
    }
  }

  @Test func refusesAnAddressInUse() async throws {
    let taken = try Socket.listening(
      at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
    let port = try taken.localPort()
    await #expect(throws: (any Error).self) { try await Self.server(port: port).run() }
  }

  @Test func shutsDownBesideAnIdleConnection() async throws {
    try await withServer { port in
      var client = try TestClient(port: port)
      #expect(try client.request("GET", "/metrics").status == 200)
      // The connection stays open while the server shuts down, which must not wait for it.
    }
  }
}
