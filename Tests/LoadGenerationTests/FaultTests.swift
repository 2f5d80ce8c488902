import LinuxIO
import Support
import Testing

@testable import LoadGeneration

/// Targets that behave badly: counted, never fatal.
struct FaultTests {
  private func result(
    _ behaviour: StubServer.Behaviour, change: (inout LoadPlan) -> Void = { _ in }
  ) throws -> RunResult {
    let server = try StubServer(behaviour)
    var plan = Samples.plan(server.address, rate: 200, milliseconds: 1_000)
    change(&plan)
    return try Samples.run(plan)
  }

  @Test func answersThatAreNoHTTPAreCounted() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.answer = "no HTTP at all, but some bytes\r\n\r\n"
    let recorder = try result(behaviour).recorder
    #expect(recorder.planned == 200 && recorder.answered == 0)
    #expect(recorder[.malformed] + recorder[.broken] == 200 && recorder[.malformed] > 0)
  }

  @Test func resetsAreCountedAndConnectionsOpenedAgain() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.resetsEvery = 10
    let recorder = try result(behaviour).recorder
    #expect(recorder.planned == 200)
    #expect((15...25).contains(recorder[.broken]))
    #expect(recorder[.noBid] == 200 - recorder[.broken])
    #expect(recorder.opened >= recorder[.broken] - 1)
  }

  @Test func aBreakWhileARequestIsWrittenIsCountedOnce() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.resetsAtOnce = true
    let recorder = try result(behaviour) { plan in
      let body = Array((#"{"x":""# + String(repeating: "x", count: 1_000_000) + #""}"#).utf8)
      plan.mix.corpus = Corpus(entries: [CorpusEntry(body: body)])
      plan.arrivals = .profile(.constant(50, nanoseconds: 1_000_000_000), isPoisson: false)
    }.recorder
    #expect(recorder.planned == 50 && recorder[.broken] == 50)
    #expect(recorder.connectFailures == 0)
  }

  @Test func statusesAreToldApart() throws {
    for (status, outcome) in [("400 Bad Request", Outcome.refused), ("503 Busy", .failed)] {
      var behaviour = StubServer.Behaviour()
      behaviour.answer = StubServer.answer("", status: status)
      let recorder = try result(behaviour).recorder
      #expect(recorder[outcome] == 200 && recorder.errors == 200)
      #expect(recorder.statuses[Int(status.prefix(3))!] == 200)
    }
  }

  @Test func aServerThatNeverAnswersTimesOut() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1"
    let result = try result(behaviour) { plan in
      plan.timeoutNanoseconds = 200_000_000
      plan.giveUpNanoseconds = 200_000_000
      plan.arrivals = .profile(.constant(20, nanoseconds: 1_000_000_000), isPoisson: false)
    }
    #expect(result.recorder.planned == 20 && result.recorder[.timedOut] == 20)
    #expect(result.recorder.latency.min >= 199_000_000)
  }

  @Test func connectionsEndAfterTheirRequests() throws {
    let server = try StubServer()
    var plan = Samples.plan(server.address, rate: 400, milliseconds: 1_000, connections: 4)
    plan.requestsPerConnection = 10
    let recorder = try Samples.run(plan).recorder
    #expect(recorder[.noBid] == 400)
    #expect((30...80).contains(server.connections))
  }

  @Test func refusedConnectionsEndARunBeforeItBegins() throws {
    let socket = try Socket.listening(
      at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
    let address = SocketAddress(host: "127.0.0.1", port: try socket.localPort())
    _ = consume socket
    #expect(throws: LoadRun.Failure.self) {
      try Samples.run(Samples.plan(address, rate: 10, milliseconds: 100))
    }
  }

  @Test func aServerThatGoesAwayIsCounted() throws {
    var server: StubServer? = try StubServer()
    var plan = Samples.plan(try #require(server).address, rate: 200, milliseconds: 6_000)
    plan.giveUpNanoseconds = 100_000_000
    let board = RunBoard(threads: 1)
    var isGone = false
    let result = try LoadRun.run(plan, board: board) { _ in
      if !isGone { server = nil }
      isGone = true
    }
    #expect(result.recorder.planned == 1_200)
    #expect(result.recorder[.unsent] > 10 && result.recorder[.noBid] > 0)
    #expect(result.recorder.connectFailures > 0)
  }

  @Test func severalThreadsShareTheRequests() throws {
    let server = try StubServer()
    var plan = Samples.plan(server.address, rate: 600, milliseconds: 1_000, connections: 5)
    plan.threads = 3
    let result = try Samples.run(plan)
    #expect(result.recorder.planned == 600 && result.recorder[.noBid] == 600)
    #expect(server.connections == 5 && result.generatorProcessors.count == 3)
  }

  @Test func theWarmUpIsNotMeasured() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.stall = (afterRequests: 10, milliseconds: 900)
    let recorder = try result(behaviour) { plan in
      plan.arrivals = .profile(
        RateProfile.constant(100, nanoseconds: 500_000_000)
          .after(warmUpNanoseconds: 2_000_000_000), isPoisson: false)
      plan.warmUpNanoseconds = 2_000_000_000
    }.recorder
    #expect(recorder.planned == 50)
    if Patience.isAlone { #expect(recorder.latency.maxRecorded < 800_000_000) }
  }

  @Test func aStopWhileConnectingSendsNothing() throws {
    let server = try StubServer()
    var plan = Samples.plan(server.address, rate: 1_000_000, milliseconds: 86_000_000)
    plan.threads = 2
    let board = RunBoard(threads: 2)
    board.stop()
    let failure = #expect(throws: LoadRun.Failure.self) { try LoadRun.run(plan, board: board) }
    #expect(failure?.description == "stopped before the load began")
    #expect(server.requests.isEmpty)
  }

  @Test func aRunThatIsStoppedTellsWhatItSaw() throws {
    let server = try StubServer()
    let plan = Samples.plan(server.address, rate: 100, milliseconds: 60_000)
    let board = RunBoard(threads: 1)
    let result = try LoadRun.run(plan, board: board) { _ in board.stop() }
    #expect(result.wasStopped && result.seconds < 30)
    #expect(result.recorder.planned > 50 && result.recorder.errors == 0)
  }
}
