import Support
import Testing

@testable import LoadGeneration

/// Thresholds, doubts, and the search for the highest rate.
struct VerdictTests {
  /// A result of a server with latencies of 10, 20, … 1000 ms at 10 requests a second.
  private static func result(lateness: UInt64 = 0, busy: Double = 0.1) -> RunResult {
    let server = Samples.plan(
      .init(host: "127.0.0.1", port: 1), rate: 10, milliseconds: 10_000)
    var recorder = Recorder(
      intervalNanoseconds: 1_000_000_000, deadline: server.deadlineNanoseconds)
    for number in 1...100 {
      let planned = UInt64(number) * 100_000_000
      recorder.recordSent(written: planned, lateness: lateness)
      recorder.record(
        number % 50 == 0 ? .failed : .noBid, status: number % 50 == 0 ? 500 : 204,
        planned: planned, written: planned, ended: planned + UInt64(number) * 10_000_000)
    }
    return RunResult(
      plan: server, recorder: recorder, measuredNanoseconds: 10_000_000_000,
      startedMilliseconds: 0, generatorProcessors: [busy], targetNanoseconds: 2_000_000_000,
      targetSamples: [], wasStopped: false)
  }

  static let kept: [Threshold] = [
    .latency(percentile: 50, nanoseconds: 502_000_000),
    .latency(percentile: 99, nanoseconds: 992_000_000), .errors(0.02), .late(0.9), .rate(10),
    .goodput(1), .lateness(0),
  ]

  @Test(arguments: kept) func keepsABound(_ threshold: Threshold) {
    #expect(threshold.sentence(Self.result()) == nil)
  }

  static let broken: [(Threshold, String)] = [
    (
      .latency(percentile: 50, nanoseconds: 490_000_000),
      "the p50 latency is 500.17 ms; the most is 490.00 ms"
    ),
    (.errors(0.019), "2.00 % of the requests failed; the most is 1.90 %"),
    (.late(0.8), "90.0 % of the requests sent were answered late; the most is 80.0 %"),
    (.rate(11), "10 requests a second were answered; the least is 11"),
    (.goodput(2), "1 requests a second were answered in time; the least is 2"),
  ]

  @Test(arguments: broken) func saysWhatIsBroken(_ threshold: Threshold, _ sentence: String) {
    #expect(threshold.sentence(Self.result()) == sentence)
  }

  @Test func aLateGeneratorIsDoubted() {
    #expect(Self.result().doubts.isEmpty)
    #expect(Self.result(lateness: 50_000_000).doubts.isEmpty)
    #expect(Self.result(lateness: 200_000_000).doubts.count == 1)
    #expect(Self.result(busy: 0.99).doubts.count == 1)
    #expect(
      Threshold.lateness(1_000_000).sentence(Self.result(lateness: 50_000_000))?
        .hasPrefix("the generator itself was 50.") == true)
  }

  @Test func theTargetsProcessorTimeIsToldByTheAnswer() {
    #expect(Self.result().targetNanosecondsPerAnswer == 20_000_000)
  }

  @Test(arguments: [1.0, 37, 900, 1_000, 1_500, 64_000, 200_000])
  func findsTheCapacityOfAModel(_ capacity: Double) {
    var search = CapacitySearch(from: 1_000, upTo: 1_000_000, precision: 0.02)
    var tried = 0
    while let rate = search.rate {
      tried += 1
      search.take(holds: rate <= capacity)
    }
    let found = search.found ?? 0
    #expect(found <= capacity && found >= capacity * 0.97 - 1 && tried < 30)
  }

  @Test func aSearchEndsAtTheMostThatMayBeTried() {
    var search = CapacitySearch(from: 10, upTo: 100, precision: 0.05)
    while search.rate != nil { search.take(holds: true) }
    #expect(search.found == 100)
  }

  @Test func whatDoesNotHoldAgainIsLowered() {
    var search = CapacitySearch(from: 100, upTo: 1_000, precision: 0.1)
    var confirmed = 0
    while let rate = search.rate {
      if search.phase == .confirming { confirmed += 1 }
      search.take(holds: rate <= 700 && !(search.phase == .confirming && confirmed == 1))
    }
    #expect(confirmed == 2)
    #expect((500...640).contains(search.found ?? 0))
  }

  @Test func nothingIsFoundWhereNothingHolds() {
    var search = CapacitySearch(from: 100, upTo: 1_000, precision: 0.1)
    while search.rate != nil { search.take(holds: false) }
    #expect(search.found == nil)
  }

  @Test func findsTheCapacityOfAServer() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.microseconds = 4_000
    let server = try StubServer(behaviour, keepingRequests: 0)
    let rules = CapacityRules(nanoseconds: 100_000_000, errorShare: 0.01)
    var search = CapacitySearch(from: 20, upTo: 2_000, precision: 0.2)
    while let rate = search.rate {
      var plan = Samples.plan(server.address, rate: rate, milliseconds: 600, connections: 64)
      plan.timeoutNanoseconds = 1_000_000_000
      plan.giveUpNanoseconds = 1_000_000_000
      search.take(holds: rules.reason(try Samples.run(plan)) == nil)
    }
    // It answers at most 250 a second, and on a loaded machine sleeps longer than it is told.
    if let found = search.found { #expect(found <= 330 && found >= 5) }
    #expect(search.found != nil || !Patience.isAlone)
  }
}
