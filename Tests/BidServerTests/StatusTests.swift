import AuctionTypes
import Testing

@testable import BidServer
@testable import Telemetry

@Suite(.timeLimit(.minutes(10))) struct StatusTests {
  @Test func answersABid() throws {
    let server = try TestServer(markup: TestServer.markup)
    let client = try server.connect()
    for _ in 0..<3 {
      let response = try client.exchange(Request.bid())
      #expect(response.status == 200)
      #expect(TestServer.isBid(response.text))
      #expect(response.fields["content-type"] == "application/json")
      #expect(response.fields["x-openrtb-version"] == "2.6")
      #expect(response.fields["server"] == nil)
      #expect(response.fields["connection"] == nil)
    }
    let metrics = server.server.metrics[0]
    #expect(metrics.requests(exchange: 0) == 3)
    #expect(metrics.bids(exchange: 0) == 3)
  }

  @Test(arguments: [
    ("example", 204, "", nil), ("tested", 204, "", "inactive"), ("object", 200, "{}", nil),
    ("seatbid", 200, "{\"id\":\"1\",\"seatbid\":[]}", nil),
    ("nbr", 200, "{\"id\":\"1\",\"seatbid\":[],\"nbr\":0}", "inactive"),
    ("a-name-longer-than-a-word", 204, "", nil),
  ])
  func answersNoBidInTheFormOfTheExchange(
    _ exchange: String, _ status: Int, _ body: String, _ reason: String?
  ) throws {
    let server = try TestServer()
    let client = try server.connect()
    for _ in 0..<2 {
      let response = try client.exchange(Request.bid(exchange: exchange))
      #expect(response.status == status)
      #expect(response.text == body)
      #expect(response.fields["x-nod-reason"] == reason)
      #expect(response.fields["content-length"] == (status == 204 ? nil : "\(body.utf8.count)"))
    }
    let place = try #require(TestServer.exchanges.firstIndex { $0.name == exchange })
    #expect(server.server.metrics[0].noBids(exchange: place, .inactive) == 2)
  }

  /// Requests, the status, whether the connection stays, and the exchange that is counted.
  private static let errors: [(String, Int, Bool, Int?)] = [
    (Request.bid("{", exchange: "nobody"), 404, true, nil),
    (Request.bid("{", exchange: "exampl"), 404, true, nil),
    (Request.bid("{", exchange: "example/"), 404, true, nil),
    (Request.bid("{", exchange: "a-name-longer-than-a-worD"), 404, true, nil),
    (Request.head("POST /openrtb2/"), 404, true, nil), (Request.head("GET /"), 404, true, nil),
    (Request.head("PUT /nowhere", "Content-Length: 999999999\r\n"), 404, false, nil),
    (Request.head("OPTIONS *"), 404, true, nil), (Request.head("GET http://a"), 404, true, nil),
    (Request.head("GET /healthz/"), 404, true, nil),
    (Request.head("GET /openrtb2/example"), 405, true, 0),
    (Request.head("PUT /openrtb2/example", "Content-Length: 2\r\n") + "{}", 405, true, 0),
    (Request.head("PUT /openrtb2/example", "Content-Length: 999999999\r\n"), 405, false, 0),
    (Request.head("POST /healthz"), 405, true, nil),
    (Request.head("DELETE /readyz"), 405, true, nil),
    (Request.head("POST /openrtb2/example"), 411, false, 0),
    (Request.head("POST /openrtb2/example", "Content-Length: 262145\r\n"), 413, false, 0),
    (
      Request.head("POST /openrtb2/example", "Transfer-Encoding: chunked\r\n") + "40001\r\n", 413,
      false, 0
    ),
    (Request.bid(fields: "Content-Encoding: br\r\n"), 415, true, 0),
    (Request.bid(fields: "Content-Type: text/html\r\n"), 415, true, 0),
    (Request.bid("[]"), 400, true, 0), (Request.bid(""), 400, true, 0),
    (Request.bid(fields: "Content-Encoding: gzip\r\n"), 400, true, 0),
    (Request.bid(fields: "Content-Length: 5\r\n"), 400, false, nil),
    (Request.bid(fields: "X : a\r\n"), 400, false, nil),
    (Request.bid(fields: "X: a\r\n b\r\n"), 400, false, nil),
    (Request.bid(fields: "Host: b\r\n"), 400, false, nil),
    (Request.bid(fields: "Transfer-Encoding: chunked\r\n"), 400, false, nil),
    (Request.bid(fields: "X: \u{0}\r\n"), 400, false, nil),
    ("GET /healthz HTTP/1.1\r\n\r\n", 400, false, nil), ("GET /healthz\r\n", 400, false, nil),
    ("GET /healthz HTTP/1.1\nHost: a\n\n", 400, false, nil),
    (
      Request.head("POST /openrtb2/example", "Transfer-Encoding: chunked\r\n") + "x\r\n", 400,
      false, 0
    ),
    (
      Request.head("POST /openrtb2/example", "Transfer-Encoding: chunked\r\n")
        + "0\r\nContent-Length: 5\r\n", 400, false, 0
    ),
    (Request.head("POST /openrtb2/example", "Transfer-Encoding: gzip\r\n"), 501, false, nil),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, false, nil),
    (Request.head("GET /", "X: " + String(repeating: "x", count: 16384)), 431, false, nil),
  ]

  @Test(arguments: errors.indices)
  func answersErrorsAsTheContractSays(_ index: Int) throws {
    let (request, status, stays, exchange) = Self.errors[index]
    let server = try TestServer()
    let client = try server.connect()
    let response = try client.exchange(request)
    #expect(response.status == status, "\(request)")
    #expect(response.body.isEmpty)
    #expect(response.fields["content-length"] == "0")
    #expect((response.fields["connection"] == "close") == !stays, "\(request)")
    #expect(server.errors(UInt16(status), exchange: exchange) == 1)
    if stays {
      #expect(try client.exchange(Request.bid()).status == 204)
    } else {
      #expect(try client.isClosed())
    }
  }

  @Test(arguments: [("POST /healthz", "GET, HEAD"), ("GET /openrtb2/example", "POST")])
  func namesTheMethodsAllowed(_ line: String, _ methods: String) throws {
    let server = try TestServer()
    let response = try server.connect().exchange(Request.head(line))
    #expect(response.status == 405)
    #expect(response.fields["allow"] == methods)
  }

  @Test func tellsWhetherItIsReady() throws {
    let server = try TestServer()
    let client = try server.connect()
    #expect(try client.exchange(Request.head("GET /healthz")).status == 200)
    let ready = try client.exchange(Request.head("GET /readyz"))
    #expect(ready.status == 200)
    #expect(ready.text.contains("1"))
    server.server.setReady(false)
    let notReady = try client.exchange(Request.head("GET /readyz?verbose"))
    #expect(notReady.status == 503)
    #expect(!notReady.text.contains("1"))
    try client.send(Request.head("HEAD /healthz"))
    let head = try client.receive(withBody: false)
    #expect(head.status == 200)
    #expect(head.fields["content-length"] == "3")
    #expect(try client.exchange(Request.head("GET /healthz")).text == "ok\n")
  }

  @Test(arguments: [
    ("", 204, "close"), ("Connection: keep-alive\r\n", 204, "keep-alive"),
  ])
  func speaksVersion10(_ field: String, _ status: Int, _ connection: String) throws {
    let server = try TestServer()
    let client = try server.connect()
    let response = try client.exchange(
      """
      POST /openrtb2/example HTTP/1.0\r\n\(field)Content-Length: \(Request.body.utf8.count)\r\n\r\n\(Request.body)
      """)
    #expect(response.status == status)
    #expect(response.fields["connection"] == connection)
    if connection == "close" { #expect(try client.isClosed()) }
  }

  @Test func closesWhenAsked() throws {
    let server = try TestServer(markup: TestServer.markup)
    let client = try server.connect()
    let response = try client.exchange(Request.bid(fields: "Connection: close\r\n"))
    #expect(response.status == 200)
    #expect(response.fields["connection"] == "close")
    #expect(try client.isClosed())
  }

  @Test func answersTheAbsoluteForm() throws {
    let server = try TestServer()
    let request = Request.head(
      "POST http://any.example/openrtb2/tested?a=1",
      "Content-Length: \(Request.body.utf8.count)\r\n")
    #expect(try server.connect().exchange(request + Request.body).status == 204)
  }
}
