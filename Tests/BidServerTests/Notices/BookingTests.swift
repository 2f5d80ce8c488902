import AuctionTypes
import BudgetLedger
import LinuxIO
import Testing

@testable import BidServer
@testable import Telemetry

/// Connections that wait for the ledger.
@Suite(.serialized, .timeLimit(.minutes(10))) struct BookingTests {
  private static func waiting(_ server: TestServer) -> UInt64 {
    server.server.metrics[0].connections(.booking)
  }

  private static func wait(for count: UInt64, in server: TestServer) throws {
    try ConnectionTests.wait { waiting(server) == count }
  }

  /// Shows that the worker has been through a turn after all that came before.
  private static func turn(_ server: TestServer) throws {
    #expect(try server.connect().exchange(Request.head("GET /healthz")).status == 200)
  }

  @Test func holdsRequestsBackBehindANotice() throws {
    let server = try TestServer(markup: TestServer.markup)
    let client = try server.connect()
    try client.send(Request.bid() + NoticeSample.request(.billing) + Request.bid())
    let notice = try server.ledger.next()
    #expect(try client.receive().status == 200)
    try client.send(Request.head("GET /x") + Request.bid())
    try Self.turn(server)
    #expect(server.server.metrics[0].bids(exchange: 0) == 1)
    server.ledger.answer(notice)
    #expect(try client.receive().status == 204)
    for status in [200, 404, 200] { #expect(try client.receive().status == status) }
    #expect(try client.exchange(Request.bid()).status == 200)
  }

  @Test func answersNoticesOfAConnectionInOrder() throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.send(NoticeSample.billings(1..<4) + Request.head("GET /x"))
    let results = [NoticeResult.booked, .unavailable, .late]
    for (index, result) in results.enumerated() {
      let notice = try server.ledger.next()
      #expect(notice.token.bid.sequence == UInt64(index + 1))
      try Self.turn(server)
      #expect(server.ledger.rest().isEmpty, "one waits at a time")
      server.ledger.answer(notice, result)
      #expect(try client.receive().status == (result == .unavailable ? 503 : 204))
    }
    #expect(try client.receive().status == 404)
  }

  @Test func wakesTheLedgerOnceATurn() throws {
    let server = try TestServer()
    let clients = try (0..<50).map { _ in try server.connect() }
    for client in clients { try client.send(NoticeSample.request(.billing)) }
    try Self.wait(for: 50, in: server)
    #expect(server.ledger.wake.clear())
    let notices = server.ledger.rest()
    #expect(notices.count == 50 && Set(notices.map(\.connection)).count == 50)
    for notice in notices.reversed() {
      server.ledger.answer(notice)
    }
    for client in clients { #expect(try client.receive().status == 204) }
    #expect(!server.ledger.wake.clear())
  }

  @Test func parksAThousandConnections() throws {
    let server = try TestServer(markup: TestServer.markup)
    let clients = try (0..<1000).map { _ in try server.connect() }
    for _ in 0..<2 {
      for client in clients { try client.send(NoticeSample.request(.billing) + Request.bid()) }
      try Self.wait(for: 1000, in: server)
      #expect(try server.connect().exchange(Request.bid()).status == 200)
      let notices = server.ledger.rest()
      #expect(notices.count == 1000)
      for notice in notices { server.ledger.answer(notice) }
      for client in clients {
        #expect(try client.receive().status == 204)
        #expect(try client.receive().status == 200)
      }
    }
    try Self.wait(for: 0, in: server)
  }

  // MARK: Connections that end

  @Test func answersPeersThatHaveFinishedSending() throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.send(NoticeSample.billings(1..<3))
    client.descriptor.finishSending()
    for _ in 0..<2 {
      let notice = try server.ledger.next()
      try Self.turn(server)
      server.ledger.answer(notice)
      #expect(try client.receive().status == 204)
    }
    #expect(try client.isClosed())
  }

  @Test func survivesPeersThatCloseWhileTheyWait() throws {
    let server = try TestServer()
    var clients = try (0..<10).map { _ in try server.connect() }
    for client in clients { try client.send(NoticeSample.request(.billing)) }
    try Self.wait(for: 10, in: server)
    for client in clients[..<5] { client.descriptor.resetOnClose() }
    clients.removeAll()
    try Self.wait(for: 5, in: server)
    for notice in server.ledger.rest() { server.ledger.answer(notice) }
    try ConnectionTests.wait {
      Self.waiting(server) == 0 && server.server.metrics[0].connections(.idle) == 0
    }
    #expect(try server.connect().exchange(Request.bid()).status == 204)
  }

  /// With a table of one slot the next connection gets the place of the one that closed.
  @Test func answersToAClosedConnectionReachNobody() throws {
    let server = try TestServer { $0.connections = 1 }
    let old = try Self.reset(server)
    let client = try server.connect()
    try client.send(NoticeSample.request(.billing, NoticeSample.token(2)))
    let notice = try server.ledger.next()
    #expect(notice.connection != old.connection)
    #expect(
      UInt32(truncatingIfNeeded: notice.connection) == UInt32(truncatingIfNeeded: old.connection))
    server.ledger.answer(old, .unavailable)
    for token in [UInt64(1), 1 << 32, .max, .max - 1, notice.connection + 1] {
      server.ledger.answer(NoticeAnswer(connection: token, result: .unavailable))
    }
    server.ledger.answer(notice)
    #expect(try client.receive().status == 204)
    server.ledger.answer(notice, .unavailable)
    #expect(try client.exchange(Request.bid()).status == 204)
  }

  /// A notice whose connection was reset while it waited, and is closed.
  private static func reset(_ server: TestServer) throws -> Notice {
    let client = try server.connect()
    try client.send(NoticeSample.request(.billing))
    try wait(for: 1, in: server)
    client.descriptor.resetOnClose()
    return try server.ledger.next()
  }

  @Test func keepsWaitingConnectionsAtTheLimit() throws {
    let server = try TestServer { $0.connections = 2 }
    let clients = try (0..<2).map { _ in try server.connect() }
    for client in clients { try client.send(NoticeSample.request(.billing)) }
    try Self.wait(for: 2, in: server)
    #expect(try server.connect().isClosed())
    for notice in server.ledger.rest() { server.ledger.answer(notice) }
    for client in clients { #expect(try client.receive().status == 204) }
  }

  // MARK: Time and room

  @Test func givesUpAfterAWhile() throws {
    let server = try TestServer { $0.bookingMilliseconds = 150 }
    let client = try server.connect()
    let start = Clock.monotonicNanoseconds()
    try client.send(NoticeSample.request(.billing) + Request.bid())
    let notice = try server.ledger.next()
    let response = try client.receive()
    let time = (Clock.monotonicNanoseconds() - start) / 1_000_000
    #expect(response.status == 503 && response.fields["connection"] == "close")
    #expect((140...600).contains(time), "\(time) ms")
    #expect(try client.isClosed())
    #expect(server.notices(.billing, .unavailable) == 1)
    server.ledger.answer(notice)
    let again = try server.connect()
    try again.send(NoticeSample.request(.billing))
    server.ledger.answer(try server.ledger.next(), .duplicate)
    #expect(try again.receive().status == 204)
  }

  /// More is sent behind notices than there are large blocks for.
  @Test func closesWhereThereIsNoRoomBehindANotice() throws {
    let server = try TestServer { $0.connections = 100 }
    let head = Request.head("POST /openrtb2/example", "Content-Length: 50000\r\n")
    let body = Request.body + String(repeating: " ", count: 50_000 - Request.body.utf8.count)
    let clients = try (0..<40).map { _ in try server.connect() }
    for client in clients { try client.send(NoticeSample.request(.billing) + head + body) }
    try Self.wait(for: 40, in: server)
    for notice in server.ledger.rest() { server.ledger.answer(notice) }
    var answered = 0
    for client in clients {
      let response = try client.receive()
      #expect(response.status == 204)
      if response.fields["connection"] == "close" { continue }
      #expect(try client.receive().status == 204)
      answered += 1
    }
    #expect(answered >= BidServerLimits.largeBlocksAtLeast)
    #expect(try server.connect().exchange(head + body).status == 204)
  }

  // MARK: Drain

  @Test func answersWhatWaitsBeforeItEnds() throws {
    let server = try TestServer()
    let clients = try (0..<20).map { _ in try server.connect() }
    for client in clients { try client.send(NoticeSample.request(.billing)) }
    try Self.wait(for: 20, in: server)
    let bidServer = server.server
    let stopping = try LinuxIO.Thread(name: "nod-test-stop") { bidServer.stop() }
    try ConnectionTests.wait { !bidServer.isReady }
    // Longer than idle connections have.
    let end = Clock.monotonicNanoseconds() + 150_000_000
    while Clock.monotonicNanoseconds() < end {}
    for notice in server.ledger.rest() { server.ledger.answer(notice) }
    for client in clients {
      let response = try client.receive()
      #expect(response.status == 204 && response.fields["connection"] == "close")
      #expect(try client.isClosed())
    }
    stopping.join()
  }

  @Test func endsThoughTheLedgerIsSilent() throws {
    let server = try TestServer { $0.drainMilliseconds = 300 }
    let client = try server.connect()
    try client.send(NoticeSample.request(.billing))
    try Self.wait(for: 1, in: server)
    let start = Clock.monotonicNanoseconds()
    server.server.stop()
    let time = (Clock.monotonicNanoseconds() - start) / 1_000_000
    #expect((250...1500).contains(time), "\(time) ms")
    #expect(try client.receive().status == 503)
    #expect(try client.isClosed())
  }

  // MARK: The table

  @Test func sendsWhatWasAnsweredBeforeItWaits() {
    var connection = Connection()
    connection.slot = 3
    connection.generation = 9
    let token = connection.token
    #expect(token == 9 << 32 | 3)
    connection.booking = .waiting
    #expect(connection.currentPhase == .booking && !connection.canAnswer)
    #expect(connection.interest(in: .booking) == .read)
    connection.interest = .write
    #expect(connection.interest(in: .booking) == .broken)
    connection.booking = .booked
    #expect(connection.currentPhase == .idle && !connection.canAnswer)
    connection.booking = .none
    #expect(connection.canAnswer && connection.interest(in: .idle) == .read)
  }
}
