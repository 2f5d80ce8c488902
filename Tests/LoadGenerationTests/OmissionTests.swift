import Support
import Testing

@testable import LoadGeneration

/// Times as somebody sees them who does not wait for the server.
struct OmissionTests {
  @Test func aStallOfASecondShowsInThePercentiles() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.stall = (afterRequests: 200, milliseconds: 1_000)
    let server = try StubServer(behaviour)
    let plan = Samples.plan(server.address, rate: 400, milliseconds: 3_000, connections: 4)
    let result = try Samples.run(plan)
    let latency = result.recorder.latency
    #expect(result.recorder.planned == 1_200 && result.recorder.errors == 0)
    #expect(latency.maxRecorded >= 990_000_000)
    // A third of the requests was planned while nothing was answered: half of those waited longer
    // than half a second.
    #expect(Samples.milliseconds(latency.valueAtPercentile(90)) > 500)
    #expect(Samples.milliseconds(latency.valueAtPercentile(75)) > 50)
    // Who waits for answers sees four of them.
    if Patience.isAlone {
      #expect(Samples.milliseconds(result.recorder.service.valueAtPercentile(90)) < 500)
    }
    #expect(result.recorder.intervals.contains { $0.latency(percentile: 99) > 800_000_000 })
  }

  @Test func aRequestThatWaitsForAConnectionKeepsItsPlannedTime() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.microseconds = 20_000
    let server = try StubServer(behaviour)
    // One connection takes 50 a second; 100 are asked for.
    let plan = Samples.plan(server.address, rate: 100, milliseconds: 1_000, connections: 1)
    let result = try Samples.run(plan)
    #expect(result.recorder.planned == 100)
    #expect(Samples.milliseconds(result.recorder.latency.maxRecorded) > 700)
    if Patience.isAlone {
      #expect(Samples.milliseconds(result.recorder.service.valueAtPercentile(50)) < 500)
      #expect(result.doubts.isEmpty, "a busy target is not the generator's fault")
    }
  }

  @Test func measuresAServerOfKnownLatency() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.microseconds = 30_000
    let server = try StubServer(behaviour)
    let result = try Samples.run(
      Samples.plan(server.address, rate: 10, milliseconds: 1_000, connections: 4))
    let latency = result.recorder.latency
    #expect(latency.totalCount == 10)
    #expect(latency.min >= 29_900_000)
    let median = Samples.milliseconds(latency.valueAtPercentile(50))
    #expect(median >= 29.9 && median <= Patience.promised(seconds: 0.2) * 1_000)
  }

  @Test func givesUpWhatFindsNoConnection() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.microseconds = 100_000
    let server = try StubServer(behaviour)
    var plan = Samples.plan(server.address, rate: 200, milliseconds: 1_000, connections: 1)
    plan.giveUpNanoseconds = 150_000_000
    let result = try Samples.run(plan)
    #expect(result.recorder.planned == 200)
    #expect(result.recorder[.unsent] > 100)
    #expect(result.recorder.latency(of: [.unsent]).min >= 149_000_000)
    #expect(result.errorShare > 0.5)
  }
}
