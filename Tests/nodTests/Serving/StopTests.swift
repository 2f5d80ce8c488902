import Foundation
import LinuxIO
import Support
import Testing

@Suite struct StopTests {
  /// A request whose body is not there yet.
  private static func halfRequest(_ body: String) -> (first: [UInt8], rest: [UInt8]) {
    let head = """
      POST /openrtb2/example HTTP/1.1\r
      Host: localhost\r
      Content-Type: application/json\r
      Content-Length: \(body.utf8.count)\r
      \r

      """
    let bytes = Array((head + body).utf8)
    return (Array(bytes.dropLast(10)), Array(bytes.suffix(10)))
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func answersWhatIsUnderWayAndEnds(_ signal: Int32) async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: ServingSamples.folder())
      let (first, rest) = Self.halfRequest(ServingSamples.request(buyer: "u"))
      var busy = try TestClient(port: server.port)
      try busy.send(first)
      var idle = try TestClient(port: server.port)
      #expect(try idle.request("GET", "/healthz").status == 200)
      let start = Date.now
      server.send(signal)
      try server.wait(seconds: Patience.promised(seconds: 2), for: "the listeners to close") {
        do {
          _ = try TestClient(port: server.port)
          return false
        } catch { return true }
      }
      try busy.send(rest)
      let answer = try busy.answer()
      #expect(answer.status == 204)
      #expect(answer.header("Connection")?.lowercased() == "close")
      #expect(try server.waitUntilExit() == 0)
      #expect(Date.now.timeIntervalSince(start) < Patience.promised(seconds: 5))
    }
  }

  @Test func doesNotWaitLongForASilentPeer() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: ServingSamples.folder())
      let client = try TestClient(port: server.port)
      try client.send(Self.halfRequest(ServingSamples.request(buyer: "u")).first)
      Foundation.Thread.sleep(forTimeInterval: 0.1)
      let start = Date.now
      server.send(SIGTERM)
      #expect(try server.waitUntilExit() == 0)
      #expect(Date.now.timeIntervalSince(start) < Patience.promised(seconds: 5))
    }
  }

  @Test func endsAtOnceAtASecondSignal() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: ServingSamples.folder())
      let client = try TestClient(port: server.port)
      try client.send(Self.halfRequest(ServingSamples.request(buyer: "u")).first)
      Foundation.Thread.sleep(forTimeInterval: 0.1)
      server.send(SIGTERM)
      Foundation.Thread.sleep(forTimeInterval: 0.1)
      let start = Date.now
      server.send(SIGTERM)
      _ = try server.waitUntilExit()
      #expect(Date.now.timeIntervalSince(start) < Patience.promised(seconds: 1))
    }
  }

  @Test func oneServerHoldsADataFolder() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(in: folder)
      let second = try NodProcess.run(
        ["serve", "--config", "nod.yaml"], in: folder,
        environment: [
          "NOD_BIDDER_LISTEN": "127.0.0.1:0", "NOD_CONTROL_LISTEN": "127.0.0.1:0",
        ])
      #expect(second.status == 73)
      #expect(second.errorLines.last == "data: another server holds this data_dir")
      #expect(try server.stop() == 0)
    }
  }

  @Test(arguments: ["NOD_BIDDER_LISTEN", "NOD_CONTROL_LISTEN"])
  func namesAnAddressInUse(_ variable: String) async throws {
    try await onOwnThread {
      let taken = try Socket.listening(
        at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
      let address = "127.0.0.1:\(try taken.localPort())"
      let outcome = try NodProcess.run(
        ["serve", "--config", "nod.yaml"], in: ServingSamples.folder(),
        environment: ["NOD_BIDDER_LISTEN": "127.0.0.1:0", "NOD_CONTROL_LISTEN": "127.0.0.1:0"]
          .merging([variable: address]) { $1 })
      #expect(outcome.status == 69)
      #expect(outcome.errorLines.last?.contains(address) == true)
    }
  }
}
