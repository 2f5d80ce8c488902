import AuctionTypes
import BudgetLedger
import LinuxIO
import Support
import Testing

@testable import BidServer

/// Bids, notices and errors in random order over several connections: every answer comes, in order.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ConversationTests {
  /// A request and the status that it gets.
  private struct Line {
    var request: String
    var status: Int
  }

  private static func line(_ sequence: UInt64, _ random: inout SeededGenerator) -> Line {
    let token = NoticeSample.token(sequence)
    switch random.next() % 8 {
    case 0: return Line(request: Request.bid(), status: 200)
    case 1: return Line(request: Request.head("GET /x"), status: 404)
    case 2: return Line(request: NoticeSample.request(.loss, token), status: 204)
    case 3: return Line(request: NoticeSample.request(.click, token), status: 302)
    case 4: return Line(request: Request.head("GET /n/b/forged"), status: 403)
    default:
      let post =
        NoticeSample.request(
          .billing, token, method: "POST", fields: "Content-Length: 3\r\n") + "abc"
      return Line(request: post, status: sequence % 5 == 0 ? 503 : 204)
    }
  }

  @Test(arguments: [UInt64(1), 2])
  func answersEverythingInOrder(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let server = try TestServer(markup: String(repeating: "m", count: 3_000), workers: 2)
    let ledger = try LedgerStandThread(server.ledger) {
      $0.token.bid.sequence % 5 == 0 ? .unavailable : .booked
    }
    defer { ledger.stop() }
    let clients = try (0..<8).map { _ in try server.connect() }
    let scripts = clients.map { _ in
      (0..<200).map { Self.line(UInt64($0), &random) }
    }
    for (client, script) in zip(clients, scripts) {
      var bytes = Array(script.map(\.request).joined().utf8)[...]
      while !bytes.isEmpty {
        let count = min(bytes.count, Int(random.next() % 9_000) + 1)
        try client.send(Array(bytes.prefix(count)))
        bytes = bytes.dropFirst(count)
      }
    }
    for (client, script) in zip(clients, scripts) {
      for (index, line) in script.enumerated() {
        let status = try client.receive().status
        try #require(status == line.status, "seed \(seed), request \(index)")
      }
    }
  }

  /// The time that the server adds to a ledger that answers at once.
  @Test func addsLittleToABooking() throws {
    let server = try TestServer()
    let ledger = try LedgerStandThread(server.ledger)
    defer { ledger.stop() }
    let client = try server.connect()
    var times: [UInt64] = []
    for sequence in 0..<1000 as Range<UInt64> {
      let request = NoticeSample.request(.billing, NoticeSample.token(sequence))
      let start = Clock.monotonicNanoseconds()
      #expect(try client.exchange(request).status == 204)
      times.append(Clock.monotonicNanoseconds() - start)
    }
    times.sort()
    print("booking without a journal: p50 \(times[500] / 1000) µs, p99 \(times[990] / 1000) µs")
    #expect(times[500] < 20_000_000)
  }
}
