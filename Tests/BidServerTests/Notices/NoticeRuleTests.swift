import AuctionTypes
import BudgetLedger
import Testing

@testable import BidServer
@testable import Telemetry

/// What becomes of each notice, in the order in which it is judged.
@Suite(.serialized, .timeLimit(.minutes(10))) struct NoticeRuleTests {
  private static let kinds = NoticeKind.allCases
  private static let retention = NoticeSample.retentionMilliseconds

  @Test(arguments: [NoticeKind.win, .billing, .pixel], kinds.filter { $0 != .click })
  func waitsForTheEventThatBooksAlone(_ billOn: NoticeKind, _ kind: NoticeKind) throws {
    let server = try TestServer()
    let client = try server.connect()
    let token = NoticeSample.token(7, billOn: billOn)
    try client.send(NoticeSample.request(kind, token))
    let notice = try server.ledger.next()
    #expect(notice.kind == kind && notice.token == token)
    #expect(notice.paid == Money(nanos: 1_250_000) && notice.problem == .none)
    #expect((notice.connection != 0) == (kind == billOn))
    if kind == billOn {
      try ConnectionTests.wait { server.ledger.wake.clear() }
      server.ledger.answer(notice)
    }
    #expect(try client.receive().status == 204)
    #expect(!server.ledger.wake.clear())
    #expect(try client.exchange(Request.bid()).status == 204)
  }

  @Test(arguments: NoticeResult.allCases)
  func answersWhatTheLedgerSays(_ result: NoticeResult) throws {
    let server = try TestServer()
    let client = try server.connect()
    for _ in 0..<2 {
      try client.send(NoticeSample.request(.billing))
      server.ledger.answer(try server.ledger.next(), result)
      let response = try client.receive()
      #expect(response.status == (result == .unavailable ? 503 : 204))
      #expect(response.fields["connection"] == nil && response.body.isEmpty)
    }
    // The others are counted by the ledger.
    #expect(server.notices(.billing, result) == (result == .unavailable ? 2 : 0))
    #expect(server.server.metrics[0].durations(.booking).buckets.reduce(0, +) == 2)
  }

  @Test(arguments: kinds)
  func refusesWhatIsForged(_ kind: NoticeKind) throws {
    let server = try TestServer()
    let client = try server.connect()
    let path = Array(NoticeSample.path(kind, NoticeSample.token()).utf8)
    var forged: [[UInt8]] = []
    for place in 5..<path.count {
      var altered = path
      altered[place] = path[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      forged.append(altered)
    }
    let counted = forged.count + 6
    forged += [Array(path.dropLast()), path + [0x41], path + [0x2F], Array(path[..<5])]
    forged.append(Array(NoticeSample.path(kind, NoticeSample.token(), key: [UInt8](1...32)).utf8))
    forged.append(Array((String(decoding: path, as: UTF8.self) + "%41").utf8))
    for target in forged {
      let text = String(decoding: target, as: UTF8.self)
      let response = try client.exchange(Request.head("GET \(text)?p=1"))
      #expect(response.status == 403, "\(text)")
      #expect(response.body.isEmpty && response.fields["connection"] == nil)
    }
    #expect(server.notices(kind, .forged) == UInt64(counted))
    #expect(server.ledger.rest().isEmpty && server.ledger.events().isEmpty)
  }

  @Test func refusesAURLOfAnotherKind() throws {
    let server = try TestServer()
    let client = try server.connect()
    for billOn in [NoticeKind.win, .billing, .pixel] {
      for kind in Self.kinds {
        let path = NoticeSample.path(kind, NoticeSample.token(billOn: billOn))
        for other in Self.kinds + [nil] where other != kind {
          let letter = other.map { String(UnicodeScalar($0.letter)) } ?? "x"
          let target = "/n/\(letter)/\(path.dropFirst(5))"
          #expect(try client.exchange(Request.head("GET \(target)?p=1")).status == 403)
        }
      }
    }
    #expect(server.errors(403, exchange: nil) == 15)
    #expect(server.ledger.rest().isEmpty)
  }

  @Test(arguments: ["/n", "/n/", "/N/b/x", "/nb/x", "//n/b/x"])
  func findsNothingBesideTheRoute(_ path: String) throws {
    let server = try TestServer()
    #expect(try server.connect().exchange(Request.head("GET \(path)")).status == 404)
  }

  /// Path before method, method before tag.
  @Test(arguments: ["HEAD", "PUT", "DELETE", "OPTIONS", "get"])
  func takesGetAndPostAlone(_ method: String) throws {
    let server = try TestServer()
    let client = try server.connect()
    for path in [NoticeSample.path(.billing, NoticeSample.token()), "/n/b/forged", "/n/x"] {
      let response = try client.exchange(Request.head("\(method) \(path)?p=1"))
      #expect(response.status == 405)
      #expect(response.fields["allow"] == "GET, POST")
    }
    #expect(try client.exchange(Request.head("\(method) /m/b/x")).status == 404)
    #expect(server.ledger.rest().isEmpty)
    #expect(server.errors(405, exchange: nil) == 3)
  }

  /// A query, a token, and the result that the worker counts.
  private static let passedOver: [(String, NoticeToken, NoticeResult)] = [
    ("?p=AUDIT", NoticeSample.token(), .audit), ("?p=audit", NoticeSample.token(), .audit),
    ("?p=AUDIT", NoticeSample.token(age: retention * 2, isTest: true), .audit),
    ("?p=1", NoticeSample.token(isTest: true), .test),
    ("?p=1", NoticeSample.token(age: retention * 2, isTest: true), .test),
    ("?p=1", NoticeSample.token(age: retention + 1_000), .expired),
  ]

  @Test(arguments: passedOver.indices)
  func countsWhatBooksNothing(_ index: Int) throws {
    let (query, token, result) = Self.passedOver[index]
    let server = try TestServer()
    let client = try server.connect()
    for kind in Self.kinds where kind != .click {
      let response = try client.exchange(NoticeSample.request(kind, token, query: query))
      #expect(response.status == 204)
      #expect(server.notices(kind, result) == 1, "\(kind.name)")
    }
    #expect(server.ledger.rest().isEmpty && server.ledger.events().isEmpty)
    #expect(!server.ledger.wake.clear())
  }

  @Test func booksUntilRetentionEnds() throws {
    let server = try TestServer()
    let client = try server.connect()
    for age in [-60_000, 0, Self.retention - 60_000] {
      try client.send(NoticeSample.request(.billing, NoticeSample.token(age: age)))
      server.ledger.answer(try server.ledger.next())
      #expect(try client.receive().status == 204)
    }
  }

  /// The price of a notice, what is paid, and what is odd about it.
  @Test(arguments: [
    ("?p=1.25", 1_250_000, PriceProblem.none), ("?p=0", 0, .none), ("?p=2", 2_000_000, .none),
    ("?p=9", 2_000_000, .aboveBid), ("?p=", 2_000_000, .unreadable), ("", 2_000_000, .unreadable),
    ("?p=$%7BAUCTION_PRICE%7D", 2_000_000, .unreadable), ("?p=-1", 2_000_000, .unreadable),
    ("?x=1&p=0.0000001", 1, .none),
  ])
  func readsThePrice(_ query: String, _ nanos: Int64, _ problem: PriceProblem) throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.send(NoticeSample.request(.billing, query: query))
    let notice = try server.ledger.next()
    #expect(notice.paid == Money(nanos: nanos) && notice.problem == problem)
    server.ledger.answer(notice)
    #expect(try client.receive().status == 204)
  }

  @Test func tellsTheEventLog() throws {
    let server = try TestServer()
    let client = try server.connect()
    let token = NoticeSample.token(9)
    let queries = [
      (NoticeKind.win, "?p=1.5"), (.loss, "?p=1.75&r=102&m=1.8"), (.loss, "?r=x"),
      (.pixel, "?p=${AUCTION_PRICE}"), (.click, ""),
    ]
    for (kind, query) in queries {
      _ = try client.exchange(NoticeSample.request(kind, token, query: query))
    }
    let events = server.ledger.events()
    #expect(events.map(\.kind) == [.win, .loss, .loss, .pixel, .click])
    #expect(events.map(\.price.micros) == [1_500_000, 1_750_000, -1, -1, -1])
    #expect(events.map(\.lossReason) == [0, 102, 0, 0, 0])
    #expect(events.allSatisfy { $0.token == token })
    #expect(server.ledger.rest().map(\.kind) == [.win, .loss, .loss, .pixel])
    try client.send(NoticeSample.request(.billing, token))
    server.ledger.answer(try server.ledger.next())
    #expect(try client.receive().status == 204)
    #expect(server.ledger.events().isEmpty, "bookings come from the journal")
  }

  @Test func answersThoughTheRingsAreFull() throws {
    let server = try TestServer(notices: 2)
    let client = try server.connect()
    for _ in 0..<2 { #expect(try client.exchange(NoticeSample.request(.loss)).status == 204) }
    for kind in [NoticeKind.win, .loss, .pixel] {
      #expect(try client.exchange(NoticeSample.request(kind)).status == 204)
      #expect(server.notices(kind, .unavailable) == 1)
    }
    let refused = try client.exchange(NoticeSample.request(.billing))
    #expect(refused.status == 503 && refused.fields["connection"] == nil)
    #expect(server.notices(.billing, .unavailable) == 1)
    #expect(server.ledger.rest().count == 2)
    try client.send(NoticeSample.request(.billing))
    server.ledger.answer(try server.ledger.next())
    #expect(try client.receive().status == 204)
    let dropped = server.ledger.lanes[0].droppedEvents.load(0)
    #expect(dropped == 0)
  }

  @Test func isNotReadyOnceTheLedgerHasStopped() throws {
    let server = try TestServer()
    let client = try server.connect()
    #expect(try client.exchange(Request.head("GET /readyz")).status == 200)
    server.ledger.cells.stop()
    #expect(try client.exchange(Request.head("GET /readyz")).status == 503)
    #expect(try client.exchange(Request.head("GET /healthz")).status == 200)
    try client.send(NoticeSample.request(.billing))
    server.ledger.answer(try server.ledger.next(), .unavailable)
    #expect(try client.receive().status == 503)
    #expect(try client.exchange(NoticeSample.request(.click, query: "")).status == 302)
  }

  @Test func everyKindAndResultHasACell() {
    #expect(NoticeKind.allCases.allSatisfy { $0.rawValue < WorkerMetrics.noticeKinds })
    #expect(NoticeResult.allCases.allSatisfy { $0.rawValue < WorkerMetrics.noticeResults })
  }

  @Test func addsWhatTheLedgerCounts() throws {
    let server = try TestServer()
    _ = try server.connect().exchange(NoticeSample.request(.win, query: "?p=AUDIT"))
    let counts = server.server.notices { kind, result in kind == .win ? 10 : 0 }
    let audits = counts.first { $0.kind == "win" && $0.result == "audit" }
    #expect(audits?.count == 11)
    #expect(counts.count == NoticeKind.allCases.count * NoticeResult.allCases.count)
    #expect(counts.reduce(0) { $0 + $1.count } == UInt64(10 * NoticeResult.allCases.count + 1))
  }
}
