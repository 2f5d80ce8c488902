import ArgumentParser
import BenchmarkWorld
import Foundation

/// `decision-benchmark`: the decision without sockets, measured in one of several ways.
@main
struct DecisionBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decision-benchmark",
    abstract: "Measures the decision without sockets.",
    discussion: """
      Prints a line for each figure: the case, what was measured, and the figure, with tabs \
      between. The world is a folder that Benchmarks/world/make-world made.
      """)

  enum Mode: String, CaseIterable, ExpressibleByArgument {
    case times, stages, instructions, loop
  }

  @Argument(
    help: """
      times: processor time of a decision in nanoseconds, less the clock's own; \
      stages: mean time of each stage; \
      instructions: tells callgrind where stages end, see Benchmarks/bench.sh; \
      loop: nothing but the requests, for callgrind, perf and counters of allocations.
      """)
  var mode: Mode

  @Option(name: .long, help: "The folder.")
  var world: String

  @Option(name: .customLong("case"), help: "One case; all by default.")
  var asked: RequestCase?

  @Option(name: .long, help: "How many requests of each case are measured.")
  var requests = 20_000

  @Option(name: .long, help: "How many before them are not.")
  var warmUp = 10_000

  @Option(name: .long, help: "How many users ask in turns; those of the world by default.")
  var users: Int?

  @Option(name: .long, help: "The request.")
  var body = "Benchmarks/bodies/banner.json"

  @Flag(name: .long, help: "times: before each request, all that caches hold is pushed out.")
  var cold = false

  func validate() throws {
    guard requests > 0 else { throw ValidationError("--requests: wants at least 1") }
    guard warmUp >= 0 else { throw ValidationError("--warm-up: wants at least 0") }
    guard users ?? 1 > 0 else { throw ValidationError("--users: wants at least 1") }
  }

  func run() throws {
    let file = Array(try Data(contentsOf: URL(filePath: body)))
    guard let body = RequestBody(json: file) else {
      throw ValidationError("--body: \(self.body) is no request with a buyeruid")
    }
    let world = try DecisionWorld(world)
    for asked in asked.map({ [$0] }) ?? RequestCase.allCases {
      var run = DecisionRun(self, world, body, asked)
      try run.measure(world)
    }
  }
}

extension RequestCase: ExpressibleByArgument {}
