import LinuxIO
import Testing

@testable import quickstart

@Suite struct EndpointsTests {
  @Test func thePortsAreThoseOfTheConfigurationOrOfTheEnvironment() throws {
    let usual = try Endpoints(environment: ["NOD_BIDDER_LISTEN": ""])
    #expect(usual.bidder.description == "127.0.0.1:8080")
    #expect(usual.control.description == "127.0.0.1:8081")
    let other = try Endpoints(environment: [
      "NOD_BIDDER_LISTEN": "0.0.0.0:9080", "NOD_CONTROL_LISTEN": "[::1]:9081",
    ])
    #expect(other.bidder.description == "127.0.0.1:9080")
    #expect(other.control.description == "[::1]:9081")
  }

  @Test(arguments: ["8080", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "host:80"])
  func refusesWhatIsNoAddress(text: String) {
    #expect(throws: Failure.self) { try Endpoints(environment: ["NOD_CONTROL_LISTEN": text]) }
  }

  @Test func nothingElseOverridesTheConfiguration() throws {
    let environment = [
      "PATH": "/bin", "NOD": "nod", "NOD_DATA_DIR": "/data", "NOD_BIDDER_LISTEN": "127.0.0.1:1",
    ]
    let overrides = try Endpoints(environment: environment).overrides(of: environment)
    #expect(
      overrides == [
        "PATH": "/bin", "NOD": "nod", "NOD_BIDDER_LISTEN": "127.0.0.1:1",
        "NOD_BIDDER_PUBLIC_URL": "http://127.0.0.1:1",
      ])
  }

  @Test func aTakenPortIsNamedWithAWayOut() throws {
    let listener = try Socket.listening(
      at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
    let port = try listener.localPort()
    let endpoints = try Endpoints(environment: ["NOD_BIDDER_LISTEN": "127.0.0.1:\(port)"])
    let failure = #expect(throws: Failure.self) { try endpoints.expectFree() }
    #expect(failure?.message.contains("listens at 127.0.0.1:\(port) already") == true)
    #expect(failure?.message.contains("NOD_BIDDER_LISTEN=127.0.0.1:") == true)
    listener.release().close()
  }
}
