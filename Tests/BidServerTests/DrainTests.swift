import LinuxIO
import Synchronization
import Testing

@testable import BidServer
@testable import Telemetry

@Suite(.serialized, .timeLimit(.minutes(10))) struct DrainTests {
  private static func stopped(_ server: TestServer) throws -> LinuxIO.Thread {
    let bidServer = server.server
    return try LinuxIO.Thread(name: "nod-test-stop") { bidServer.stop() }
  }

  @Test func answersWhatIsOnItsWayAndClosesTheRest() throws {
    let server = try TestServer { $0.drainIdleMilliseconds = 300 }
    let idle = try server.connect()
    let begun = try server.connect()
    let probe = try server.connect()
    #expect(try idle.exchange(Request.bid()).status == 204)
    #expect(try probe.exchange(Request.head("GET /readyz")).status == 200)
    try begun.send("POST /openrtb2/example HTTP/1.1\r\nHost: a\r\n")
    try ConnectionTests.wait { server.server.metrics[0].connections(.reading) == 1 }
    let start = Clock.monotonicNanoseconds()
    let stopping = try Self.stopped(server)
    try ConnectionTests.wait { !server.server.isReady }
    let notReady = try probe.exchange(Request.head("GET /readyz"))
    #expect(notReady.status == 503)
    #expect(notReady.fields["connection"] == "close")
    try begun.send(Request.lengthAndBody)
    let response = try begun.receive()
    #expect(response.status == 204)
    #expect(response.fields["connection"] == "close")
    #expect(try begun.isClosed())
    #expect(try idle.isClosed())
    stopping.join()
    #expect(Clock.monotonicNanoseconds() - start < 2_000_000_000)
    #expect(throws: Errno.self) { _ = try server.connect() }
  }

  @Test func endsThoughAPeerStalls() throws {
    let server = try TestServer { $0.drainMilliseconds = 400 }
    let client = try server.connect()
    try client.send("POST /")
    try ConnectionTests.wait { server.server.metrics[0].connections(.reading) == 1 }
    let start = Clock.monotonicNanoseconds()
    server.server.stop()
    let time = (Clock.monotonicNanoseconds() - start) / 1_000_000
    #expect((300...1500).contains(time), "\(time) ms")
    #expect(try client.isClosed())
  }

  @Test func losesNoRequestUnderLoad() throws {
    let server = try TestServer(workers: 2) { $0.drainIdleMilliseconds = 500 }
    let port = server.server.port
    let tally = Tally()
    let threads = try (0..<8).map { _ in
      try LinuxIO.Thread(name: "nod-test-load") { Self.exchangeUntilClosed(port, tally) }
    }
    try ConnectionTests.wait { tally.answered.load(ordering: .relaxed) > 2000 }
    server.server.stop()
    for thread in threads { thread.join() }
    #expect(tally.lost.load(ordering: .relaxed) == 0)
  }

  private final class Tally: Sendable {
    let answered = Atomic<Int>(0)
    let lost = Atomic<Int>(0)
  }

  /// Sends requests one after the other until an answer closes; every one must be answered.
  private static func exchangeUntilClosed(_ port: UInt16, _ tally: Tally) {
    guard let client = try? TestClient(port: port) else { return }
    while true {
      guard let response = try? client.exchange(Request.bid()), response.status == 204 else {
        tally.lost.add(1, ordering: .relaxed)
        return
      }
      tally.answered.add(1, ordering: .relaxed)
      if response.fields["connection"] == "close" { return }
    }
  }
}
