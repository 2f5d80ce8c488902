import AuctionTypes
import BudgetLedger
import Testing

@testable import BidServer
@testable import Telemetry

/// Notices in every frame that HTTP allows.
@Suite(.serialized, .timeLimit(.minutes(10))) struct NoticeFramingTests {
  /// Answers the one notice that waits.
  private static func book(_ server: TestServer) throws {
    server.ledger.answer(try server.ledger.next())
  }

  /// The fields and body of a POST, and whether the connection stays after it.
  @Test(arguments: [
    ("", "", true), ("Content-Length: 0\r\n", "", true), ("Content-Length: 4\r\n", "p=9&", true),
    ("Content-Length: 9\r\nContent-Type: text/html\r\n", "<b></b>\r\n", true),
    ("Content-Length: 5\r\nContent-Encoding: br\r\n", "12345", true),
    ("Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\n\r\n", false),
    ("Content-Length: 5\r\nExpect: 100-continue\r\n", "", false),
    ("Content-Length: 999999999\r\n", "", false),
  ])
  func passesOverTheBody(_ fields: String, _ body: String, _ stays: Bool) throws {
    let server = try TestServer()
    for kind in [NoticeKind.billing, .win, .click] {
      let client = try server.connect()
      let request = NoticeSample.request(kind, method: "POST", fields: fields) + body
      try client.send(request + (stays ? Request.head("GET /x") : ""))
      if kind == .billing { try Self.book(server) }
      let response = try client.receive()
      #expect(response.status == (kind == .click ? 302 : 204), "\(fields)")
      #expect((response.fields["connection"] == "close") == !stays, "\(fields)")
      if stays {
        #expect(try client.receive().status == 404)
      } else {
        #expect(try client.isClosed())
      }
      _ = server.ledger.rest()
    }
  }

  @Test func readsABodyThatComesAfterTheAnswer() throws {
    let server = try TestServer()
    let client = try server.connect()
    let fields = "Content-Length: 200000\r\n"
    try client.send(NoticeSample.request(.billing, method: "POST", fields: fields) + "abc")
    let notice = try server.ledger.next()
    try client.send(String(repeating: "x", count: 99_997))
    server.ledger.answer(notice)
    #expect(try client.receive().status == 204)
    try client.send(String(repeating: "y", count: 100_000) + Request.head("GET /x"))
    #expect(try client.receive().status == 404)
  }

  @Test(arguments: [("", "close"), ("Connection: keep-alive\r\n", "keep-alive")])
  func speaksVersion10(_ fields: String, _ connection: String) throws {
    let server = try TestServer()
    for kind in [NoticeKind.billing, .loss, .click] {
      let client = try server.connect()
      let path = NoticeSample.path(kind, NoticeSample.token())
      try client.send("GET \(path)?p=1 HTTP/1.0\r\n\(fields)\r\n")
      if kind == .billing { try Self.book(server) }
      let response = try client.receive()
      #expect(response.status == (kind == .click ? 302 : 204))
      #expect(response.fields["connection"] == connection)
      if connection == "close" { #expect(try client.isClosed()) }
      _ = server.ledger.rest()
    }
  }

  @Test func closesWhenAsked() throws {
    let server = try TestServer()
    for kind in [NoticeKind.billing, .pixel] {
      let client = try server.connect()
      try client.send(
        NoticeSample.request(kind, fields: "Connection: close\r\n") + Request.bid())
      if kind == .billing { try Self.book(server) }
      let response = try client.receive()
      #expect(response.status == 204 && response.fields["connection"] == "close")
      #expect(try client.isClosed())
      _ = server.ledger.rest()
    }
    #expect(server.server.metrics[0].requests(exchange: 0) == 0)
  }

  @Test func keepsTheConnectionAfterEveryAnswer() throws {
    let server = try TestServer(markup: TestServer.markup)
    let client = try server.connect()
    let forged = Request.head("GET /n/b/forged")
    for _ in 0..<3 {
      #expect(try client.exchange(forged).status == 403)
      #expect(try client.exchange(NoticeSample.request(.click)).status == 302)
      #expect(try client.exchange(NoticeSample.request(.win)).status == 204)
      #expect(try client.exchange(Request.bid()).status == 200)
    }
  }

  @Test func takesTheAbsoluteForm() throws {
    let server = try TestServer()
    let path = NoticeSample.path(.win, NoticeSample.token())
    let request = Request.head("GET http://any.example:80\(path)?p=1.25")
    #expect(try server.connect().exchange(request).status == 204)
    #expect(try server.ledger.next().paid == Money(nanos: 1_250_000))
  }

  /// Exchanges append macros of their own; a head has 16 KiB.
  @Test(arguments: [(2_000, 204), (15_000, 204), (16_384, 431)])
  func takesLongURLs(_ count: Int, _ status: Int) throws {
    let server = try TestServer()
    let query = "?p=1&x=" + String(repeating: "x", count: count)
    let client = try server.connect()
    #expect(try client.exchange(NoticeSample.request(.win, query: query)).status == status)
  }

  @Test func takesANoticeByteByByte() throws {
    let server = try TestServer()
    let client = try server.connect()
    for byte in NoticeSample.request(.billing).utf8 { try client.send([byte]) }
    try Self.book(server)
    #expect(try client.receive().status == 204)
  }
}
