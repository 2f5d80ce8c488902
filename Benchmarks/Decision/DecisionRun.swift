import ArgumentParser
import BenchmarkWorld
import BidEngine
import CInstrumentation
import HTTP1
import LinuxIO

/// One case in one way of measuring.
struct DecisionRun {
  private let options: DecisionBenchmark
  private let asked: RequestCase
  private let ids: UserIDs
  private let idCount: Int
  private let head: [UInt8]
  private var body: RequestBody
  private var next = 0

  init(
    _ options: DecisionBenchmark, _ world: DecisionWorld, _ body: RequestBody, _ asked: RequestCase
  ) {
    self.options = options
    self.asked = asked
    self.body = body
    ids = world.ids(of: asked)
    idCount = min(ids.count, options.users ?? ids.count)
    head = Array(
      """
      POST /openrtb2/\(DecisionWorld.exchanges[asked.exchange]) HTTP/1.1\r
      Host: 127.0.0.1\r
      Content-Type: application/json\r
      x-openrtb-version: 2.6\r
      Content-Length: \(body.bytes.count)\r
      \r

      """.utf8)
  }

  /// Measures and prints.
  mutating func measure(_ world: DecisionWorld) throws {
    var rig = DecisionRig(world)
    rig.timePasses = options.mode == .times
    for _ in 0..<options.warmUp { try decide(&rig) }
    switch options.mode {
    case .times: try times(&rig)
    case .stages: try stages(&rig)
    case .instructions: try instructions(&rig)
    case .loop: try loop(&rig)
    }
    print("answer_bytes", rig.answerBytes)
    print("checksum", String(rig.checksum, radix: 16))
  }

  // MARK: Ways to measure

  private mutating func times(_ rig: inout DecisionRig) throws {
    var spent: [UInt64] = []
    spent.reserveCapacity(options.requests)
    var coldMemory = ColdMemory(isUsed: options.cold)
    let clock = Self.nanoseconds(of: Clock.threadNanoseconds)
    for _ in 0..<options.requests {
      turn()
      coldMemory.touch()
      let start = Clock.threadNanoseconds()
      let outcome = rig.decide(body, asked)
      spent.append(Clock.threadNanoseconds() &- start)
      try settle(outcome, &rig)
    }
    func figure(_ nanoseconds: UInt64) -> UInt64 { nanoseconds - min(nanoseconds, clock) }
    spent.sort()
    print("mean", figure(spent.reduce(0, +) / UInt64(spent.count)))
    for (name, share) in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)] {
      print(name, figure(Self.quantile(share, of: spent)))
    }
    var idle = IdleLoop()
    let half = figure(Self.quantile(0.5, of: spent))
    let alone = idle.times(options.requests, ofNanoseconds: half).sorted()
    print("idle_p99.9", figure(Self.quantile(0.999, of: alone)))
    print("idle_checksum", idle.sum)
    if options.cold { print("cold_checksum", coldMemory.sum) }
  }

  private static func quantile(_ share: Double, of sorted: [UInt64]) -> UInt64 {
    sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  private mutating func stages(_ rig: inout DecisionRig) throws {
    var timing = TimingTracer(oneIn: 1, clock: Clock.monotonicNanoseconds)
    var sums = Array(repeating: UInt64(0), count: DecisionStage.allCases.count)
    for _ in 0..<options.requests {
      turn()
      let outcome = rig.decide(body, asked, timedBy: &timing)
      try settle(outcome, &rig)
      for stage in DecisionStage.allCases {
        sums[Int(stage.rawValue)] += timing.nanoseconds(of: stage) ?? 0
      }
    }
    for stage in DecisionStage.allCases {
      print(stage.name, sums[Int(stage.rawValue)] / UInt64(options.requests))
    }
    print("clock", Self.nanoseconds(of: Clock.monotonicNanoseconds))
  }

  private mutating func loop(_ rig: inout DecisionRig) throws {
    nod_instructions_start()
    for _ in 0..<options.requests { try decide(&rig) }
    nod_instructions_stop()
  }

  /// Each mark has callgrind write down what it counted since the one before, under a number that
  /// the lines `mark` name.
  private mutating func instructions(_ rig: inout DecisionRig) throws {
    guard nod_instructions_can_be_counted() != 0 else {
      throw ValidationError("built without valgrind's headers: run `make bench`")
    }
    let cases = RequestCase.allCases.firstIndex(of: asked) ?? 0
    let first = UInt32(cases) * Mark.perCase
    var tracer = StageTracer { nod_instructions_mark(first + UInt32($0.rawValue)) }
    nod_instructions_start()
    for _ in 0..<options.requests {
      turn()
      nod_instructions_zero()
      nod_instructions_mark(first + Mark.nothing)
      parseHead()
      nod_instructions_mark(first + Mark.head)
      let traced = rig.decide(body, asked, tracedBy: &tracer)
      nod_instructions_mark(first + Mark.rest)
      try settle(traced, &rig)
      nod_instructions_zero()
      let outcome = rig.decide(body, asked)
      nod_instructions_mark(first + Mark.whole)
      try settle(outcome, &rig)
    }
    nod_instructions_stop()
    for stage in DecisionStage.allCases {
      print("mark", first + UInt32(stage.rawValue), stage.name)
    }
    print("mark", first + Mark.nothing, "nothing")
    print("mark", first + Mark.head, "head")
    print("mark", first + Mark.rest, "rest")
    print("mark", first + Mark.whole, "whole")
  }

  /// Numbers of marks after those of the stages.
  private enum Mark {
    static let nothing: UInt32 = 60
    static let head: UInt32 = 61
    static let rest: UInt32 = 62
    static let whole: UInt32 = 63
    static let perCase: UInt32 = 64
  }

  // MARK: One request

  private mutating func decide(_ rig: inout DecisionRig) throws {
    turn()
    let outcome = rig.decide(body, asked)
    try settle(outcome, &rig)
  }

  private mutating func turn() {
    ids.put(next, into: &body)
    next = next + 1 == idCount ? 0 : next + 1
  }

  private func parseHead() {
    var parser = RequestHeadParser()
    guard case .complete = parser.parse(head.rawSpan) else { preconditionFailure("a whole head") }
  }

  private func settle(_ outcome: BidOutcome, _ rig: inout DecisionRig) throws {
    guard (outcome == .bid) == asked.expectsBid else {
      throw DecisionWorld.Unfit("\(asked.rawValue) was answered \(outcome)")
    }
    rig.settle(outcome)
  }

  // MARK: Lines

  private func print(_ words: Any...) {
    Swift.print(([asked.rawValue] + words).map { "\($0)" }.joined(separator: "\t"))
  }

  /// What two readings of a clock add to a time.
  private static func nanoseconds(of clock: () -> UInt64) -> UInt64 {
    let start = clock()
    for _ in 0..<1_000 { _ = clock() }
    return (clock() - start) / 1_001
  }
}
