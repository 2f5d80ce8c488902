import Foundation
import LinuxIO
import Support
import Testing

@testable import ControlPlane

@Suite struct ControlPlaneTests {
  @Test func servesMetricsWithoutAKey() async throws {
    try await ControlRig().serve { port in
      var client = try TestClient(port: port)
      let answer = try client.request("GET", "/metrics")
      #expect(answer.status == 200)
      #expect(answer.text == "nod_up 1\n")
      #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
      #expect(answer.header("Server") == nil)
    }
  }

  @Test func answersHeadWithoutABody() async throws {
    try await ControlRig().serve { port in
      var client = try TestClient(port: port)
      let answer = try client.request("HEAD", "/metrics")
      #expect(answer.status == 200)
      #expect(answer.header("Content-Length") == "9")
      #expect(try client.request("GET", "/metrics").text == "nod_up 1\n")
    }
  }

  @Test(arguments: ["/v1", "/metrics/", "/metric", "/openrtb2/example", "/v1/advertisers//x"])
  func answersOtherPathsWithAProblemDocument(_ path: String) async throws {
    try await ControlRig().serve { port in
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
    try await ControlRig().serve { port in
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
    await #expect(throws: (any Error).self) { try await ControlRig().server(port: port).run() }
  }

  @Test func shutsDownBesideAnIdleConnection() async throws {
    try await ControlRig().serve { port in
      var client = try TestClient(port: port)
      #expect(try client.request("GET", "/metrics").status == 200)
      // The connection stays open while the server shuts down, which must not wait for it.
    }
  }
}
