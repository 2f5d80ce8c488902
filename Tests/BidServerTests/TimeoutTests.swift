import LinuxIO
import Support
import Testing

@testable import BidServer
@testable import Telemetry

@Suite(.serialized, .timeLimit(.minutes(10))) struct TimeoutTests {
  /// Milliseconds until the server closed, and whether it had sent anything before.
  private static func closed(_ client: TestClient) throws -> (milliseconds: Int, Bool) {
    let start = Clock.monotonicNanoseconds()
    let isSilent = try client.isClosed()
    return (Int((Clock.monotonicNanoseconds() - start) / 1_000_000), isSilent)
  }

  /// What a busy machine may add.
  private static func slack(milliseconds: Int) -> Int {
    Int(Patience.promised(seconds: Double(milliseconds) / 1_000) * 1_000)
  }

  private static func server() throws -> TestServer {
    try TestServer {
      $0.headMilliseconds = 150
      $0.bodyMilliseconds = 300
      $0.idleMilliseconds = 600
    }
  }

  @Test(arguments: [
    ("POST /openrtb2/ex", 150),
    (Request.head("POST /openrtb2/example", "Content-Length: 9\r\n"), 300),
    (Request.head("POST /openrtb2/example", "Transfer-Encoding: chunked\r\n") + "5\r\nab", 300),
    ("", 600), (Request.bid(), 600), (Request.bid() + "\r\n", 600), (Request.bid() + "GET /", 150),
  ])
  func closesSilentPeers(_ text: String, _ limit: Int) throws {
    let server = try Self.server()
    let client = try server.connect()
    try client.send(text)
    if text.contains("{") { #expect(try client.receive().status == 204) }
    let (time, isSilent) = try Self.closed(client)
    #expect(isSilent)
    #expect(time >= limit - 20, "\(time) ms")
    #expect(time <= limit + Self.slack(milliseconds: 400), "\(time) ms")
  }

  @Test(arguments: [
    "GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 1000),
    Request.head("POST /openrtb2/example", "Content-Length: 1000\r\n")
      + String(repeating: "x", count: 900),
  ])
  func closesPeersThatDrip(_ text: String) throws {
    let server = try Self.server()
    let client = try server.connect()
    let start = Clock.monotonicNanoseconds()
    var isOpen = true
    for byte in text.utf8 where isOpen {
      do {
        try client.send([byte])
        let pause = Clock.monotonicNanoseconds() + 2_000_000
        while Clock.monotonicNanoseconds() < pause {}
      } catch {
        isOpen = false
      }
    }
    #expect(!isOpen)
    let spent = Int((Clock.monotonicNanoseconds() - start) / 1_000_000)
    #expect(spent < 300 + Self.slack(milliseconds: 1_200))
  }

  @Test func keepsPeersThatAreBusy() throws {
    let server = try Self.server()
    let client = try server.connect()
    var (now, last) = (Clock.monotonicNanoseconds(), UInt64(0))
    let end = now + 900_000_000
    while now < end {
      let answer = try? client.exchange(Request.bid())
      last = now
      now = Clock.monotonicNanoseconds()
      // A client that the machine held up for so long was not busy.
      if now - last > 300_000_000 { return }
      #expect(answer?.status == 204)
    }
  }

  @Test func closesPeersThatDoNotRead() throws {
    let large = String(repeating: "x", count: 200_000)
    let server = try TestServer(markup: large) { $0.writeMilliseconds = 200 }
    let client = try TestClient(port: server.server.port, receiveBytes: 4096)
    let requests = Array(String(repeating: Request.bid(), count: 50).utf8)
    #expect(throws: TestClient.Failure.self) {
      for _ in 0..<1000 { try client.send(requests) }
    }
    let answered = server.server.metrics[0].bids(exchange: 0)
    #expect(answered < 100, "\(answered) answers were made for a peer that reads none")
    #expect(try server.connect().exchange(Request.head("GET /healthz")).status == 200)
  }

  @Test func goesOnWhenASlowPeerReads() throws {
    let large = String(repeating: "x", count: 200_000)
    let server = try TestServer(markup: large)
    let client = try TestClient(port: server.server.port, receiveBytes: 65_536)
    try client.send(String(repeating: Request.bid(), count: 30))
    try ConnectionTests.wait { server.server.metrics[0].connections(.writing) == 1 }
    for _ in 0..<30 {
      let response = try client.receive()
      #expect(response.status == 200 && response.body.count > large.utf8.count)
    }
    #expect(try client.exchange(Request.head("GET /x")).status == 404)
  }
}
