import LinuxIO
import Support
import Testing

@testable import BidServer
@testable import Telemetry

@Suite(.serialized, .timeLimit(.minutes(10))) struct ConnectionTests {
  @Test func servesAThousandConnections() throws {
    let server = try TestServer(markup: TestServer.markup)
    let clients = try (0..<1000).map { _ in try server.connect() }
    for _ in 0..<3 {
      for client in clients { try client.send(Request.bid()) }
      for client in clients { #expect(try client.receive().status == 200) }
    }
    let idle = server.server.metrics[0].connections(.idle)
    #expect(idle == 1000)
  }

  @Test func closesTheOldestIdleConnectionAtTheLimit() throws {
    let server = try TestServer { $0.connections = 3 }
    let clients = try (0..<3).map { _ in try server.connect() }
    for client in clients { #expect(try client.exchange(Request.bid()).status == 204) }
    #expect(try clients[0].exchange(Request.bid()).status == 204)
    let fourth = try server.connect()
    #expect(try fourth.exchange(Request.bid()).status == 204)
    #expect(try clients[1].isClosed())
    #expect(try clients[0].exchange(Request.bid()).status == 204)
    #expect(try clients[2].exchange(Request.bid()).status == 204)
  }

  @Test func refusesConnectionsWhereAllAreBusy() throws {
    let server = try TestServer { $0.connections = 2 }
    let busy = try (0..<2).map { _ in try server.connect() }
    for client in busy { try client.send("POST /openrtb2/example HTTP/1.1\r\n") }
    try Self.wait { server.server.metrics[0].connections(.reading) == 2 }
    #expect(try server.connect().isClosed())
    for client in busy {
      try client.send("Host: a\r\n\(Request.lengthAndBody)")
      #expect(try client.receive().status == 204)
    }
  }

  @Test func answersPeersThatHaveFinishedSending() throws {
    let server = try TestServer(markup: TestServer.markup)
    let client = try server.connect()
    try client.send(Request.bid() + Request.bid())
    client.descriptor.finishSending()
    #expect(try client.receive().status == 200)
    #expect(try client.receive().status == 200)
    #expect(try client.isClosed())
  }

  @Test func survivesResets() throws {
    let server = try TestServer(markup: TestServer.markup)
    for text in ["", "POST /", Request.bid(), Request.bid() + "POST", Request.head("GET /\u{1}")] {
      let client = try server.connect()
      try client.send(text)
      client.descriptor.resetOnClose()
    }
    #expect(try server.connect().exchange(Request.bid()).status == 200)
    try Self.wait { server.server.metrics[0].connections(.reading) == 0 }
  }

  @Test func sendsTheAnswerToAPeerThatIsStillSending() throws {
    let server = try TestServer(maxBodyBytes: 1000)
    let client = try server.connect()
    try client.send(Request.head("POST /openrtb2/example", "Content-Length: 5000000\r\n"))
    try? client.send([UInt8](repeating: 0x78, count: 1_000_000))
    #expect(try client.receive().status == 413)
  }

  @Test func spreadsConnectionsOverWorkers() throws {
    let server = try TestServer(workers: 3)
    let clients = try (0..<60).map { _ in try server.connect() }
    for client in clients { #expect(try client.exchange(Request.bid()).status == 204) }
    let counts = server.server.metrics.map { $0.requests(exchange: 0) }
    #expect(counts.reduce(0, +) == 60)
    #expect(counts.allSatisfy { $0 > 0 }, "\(counts)")
  }

  /// Parts of more requests than there are large blocks.
  @Test func shedsWhatItHasNoRoomFor() throws {
    let server = try TestServer { $0.connections = 100 }
    let head = Request.head("POST /openrtb2/example", "Content-Length: 100000\r\n")
    let body = Request.body + String(repeating: " ", count: 100_000 - Request.body.utf8.count)
    let part = head + body.prefix(60_000)
    let rest = String(body.dropFirst(60_000))
    let clients = try (0..<40).map { _ in try server.connect() }
    for client in clients { try client.send(part) }
    var statuses: [Int: Int] = [:]
    for client in clients {
      try? client.send(rest)
      statuses[try client.receive().status, default: 0] += 1
    }
    #expect(statuses[204, default: 0] >= BidServerLimits.largeBlocksAtLeast)
    #expect(statuses[204, default: 0] == 40)
    let shed = server.server.metrics[0].noBids(exchange: 0, .shed)
    #expect(shed > 0 && shed <= 40 - UInt64(BidServerLimits.largeBlocksAtLeast))
    let again = try server.connect()
    #expect(try again.exchange(part + rest).status == 204)
  }

  static func wait(until isTrue: () -> Bool) throws {
    let end = Clock.monotonicNanoseconds() + UInt64(Patience.milliseconds) * 1_000_000
    while !isTrue() { try #require(Clock.monotonicNanoseconds() < end) }
  }
}
