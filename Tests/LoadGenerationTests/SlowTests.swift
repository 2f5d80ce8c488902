import LinuxIO
import Support
import Testing

@testable import LoadGeneration

/// Clients that take their time.
struct SlowTests {
  private func run(
    _ kind: SlowPlan.Kind, _ server: StubServer, change: (inout SlowPlan) -> Void = { _ in }
  ) throws -> SlowResult {
    let mix = Samples.plan(server.address, rate: 1, milliseconds: 1).mix
    var plan = SlowPlan(
      kind, to: server.address, mix: mix, clients: 20, nanoseconds: 1_500_000_000)
    plan.byteNanoseconds = 50_000_000
    change(&plan)
    var slow = try SlowClients(plan)
    slow.run(board: RunBoard(threads: 1))
    return slow.result
  }

  @Test(arguments: [SlowPlan.Kind.head, .body])
  func neverEndARequest(_ kind: SlowPlan.Kind) throws {
    let server = try StubServer()
    let result = try run(kind, server)
    #expect(result.opened == 20 && result.connected == 20 && result.ended == 0)
    #expect(server.requests.isEmpty)
    // More than what is sent at once, less than a request each.
    #expect(result.sent > 20 * (kind == .head ? 17 : 1) && result.received == 0)
  }

  @Test func aSlowBodyComesBehindAWholeHead() {
    let mix = Samples.plan(.init(host: "127.0.0.1", port: 1), rate: 1, milliseconds: 1).mix
    let plan = SlowPlan(
      .body, to: .init(host: "127.0.0.1", port: 1), mix: mix, clients: 1, nanoseconds: 1)
    let opening = String(decoding: plan.opening, as: UTF8.self)
    #expect(opening.hasSuffix("\r\n\r\n{"))
    #expect(opening.contains("Content-Length: \(Samples.request.utf8.count)\r\n"))
    #expect("{" + String(decoding: plan.rest, as: UTF8.self) + "}" == Samples.request)
  }

  @Test func slowReadersAskALotAndReadLittle() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.answer = StubServer.answer(String(repeating: "x", count: 1_000))
    let server = try StubServer(behaviour)
    let result = try run(.answers, server)
    #expect(result.opened == 20 && result.ended == 0)
    #expect(server.requests.count > 20)
    #expect(result.received > 0 && result.received < 20 * 100)
  }

  @Test func thoseThatAreSentAwayComeAgain() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.resetsAtOnce = true
    let result = try run(.head, try StubServer(behaviour))
    #expect(result.opened > 40 && result.ended > 20)
  }

  @Test func stopWhenTheyAreTold() throws {
    let server = try StubServer()
    let board = RunBoard(threads: 1)
    board.stop()
    let mix = Samples.plan(server.address, rate: 1, milliseconds: 1).mix
    var slow = try SlowClients(
      SlowPlan(.head, to: server.address, mix: mix, clients: 5, nanoseconds: .max / 4))
    slow.run(board: board)
    #expect(slow.result == SlowResult())
  }
}
