import LinuxIO

@testable import LoadGeneration

/// Plans and runs that several tests use.
enum Samples {
  static let request = #"{"id":"1","imp":[{"id":"1"}],"user":{"buyeruid":"7"}}"#

  /// A plan of a rate against a server, without warm-up.
  static func plan(
    _ address: SocketAddress, rate: Double, milliseconds: UInt64, connections: Int = 16
  ) -> LoadPlan {
    let corpus = Corpus(entries: [CorpusEntry(body: Array(request.utf8))])
    let mix = RequestMix(
      host: "test", paths: [RequestMix.Path(path: "/openrtb2/a")], corpus: corpus)
    var plan = LoadPlan(
      target: address, mix: mix.prepared(),
      arrivals: .profile(
        .constant(rate, nanoseconds: milliseconds * 1_000_000), isPoisson: false))
    plan.connections = connections
    return plan
  }

  /// What a plan comes to.
  static func run(_ plan: LoadPlan, processID: Int32? = nil) throws -> RunResult {
    try LoadRun.run(plan, processID: processID, board: RunBoard(threads: plan.threads))
  }

  static func milliseconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e6 }
}
