import ArgumentParser
import Foundation
import LinuxIO
import LoadGeneration

/// `nod-load find-max`: the highest rate at which latency and errors keep their bounds.
struct FindMaxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find-max",
    abstract: "Find the highest rate that holds a latency: doubling, then halving.",
    discussion: "Exits with 1 where no rate holds.")

  @OptionGroup(title: "Requests") var requests: RequestOptions

  @Option(help: "The most latency, from the planned time.")
  var maxLatency = TimeValue(nanoseconds: 10_000_000)

  @Option(help: "The percentile that is bounded.")
  var percentile = 99.0

  @Option(help: "The most share of requests that fail.")
  var maxErrors = ShareValue(share: 0.001)

  @Option(help: "The rate to begin with.")
  var from = RateValue(perSecond: 1_000)

  @Option(help: "The highest rate to try.")
  var upTo = RateValue(perSecond: 1_000_000)

  @Option(help: "How near the first failing rate is to be.")
  var precision = ShareValue(share: 0.05)

  @Option(help: "How long each rate is measured.")
  var step = TimeValue.seconds(5)

  @Option(help: "How long each rate runs before it is measured.")
  var settle = TimeValue.seconds(1)

  @Flag(help: "Space requests by chance, as a Poisson process, instead of evenly.")
  var poisson = false

  @Option(help: "Write the steps as JSON to a file; - for standard output instead of the table.")
  var json: String?

  @Option(help: "A name of the search for its report.")
  var label: String?

  @Flag(help: "Show no progress.")
  var quiet = false

  func run() throws {
    try requests.check()
    try check()
    let url = try requests.url()
    let plan = try requests.plan(corpus: try requests.readCorpus(), url: url)
    let rules = CapacityRules(
      percentile: percentile, nanoseconds: maxLatency.nanoseconds, errorShare: maxErrors.share)
    var search = CapacitySearch(
      from: from.perSecond, upTo: upTo.perSecond, precision: precision.share)
    var report = SearchReport(
      RunDescription(
        plan, url: url.text, label: label, command: CommandLine.arguments,
        startedMilliseconds: Clock.realtimeMilliseconds()),
      rules)
    while let rate = search.rate {
      let result = try measure(plan, rate)
      let reason = rules.reason(result)
      report.add(rate, result, reason)
      if !quiet { Terminal.error(report.lastLine) }
      if result.wasStopped { break }
      search.take(holds: reason == nil)
    }
    report.found = search.found
    try write(report)
    if search.found == nil { throw ExitCode(1) }
  }

  private func measure(_ plan: LoadPlan, _ rate: Double) throws(LoadFailure) -> RunResult {
    var plan = plan
    let profile = RateProfile.constant(rate, nanoseconds: step.nanoseconds)
    plan.arrivals = .profile(
      profile.after(warmUpNanoseconds: settle.nanoseconds), isPoisson: poisson)
    plan.warmUpNanoseconds = settle.nanoseconds
    // What is far past the bound need not be waited for: the rate does not hold.
    let patience = max(1_000_000_000, 20 * maxLatency.nanoseconds)
    plan.timeoutNanoseconds = min(plan.timeoutNanoseconds, patience)
    plan.giveUpNanoseconds = min(plan.giveUpNanoseconds, patience)
    let run = WatchedRun(
      plan: plan, processID: requests.targetPid, isQuiet: quiet || !Terminal.showsProgress,
      name: "\(Quantity.grouped(rate))/s: ")
    return try run.run()
  }

  private func check() throws(LoadFailure) {
    guard percentile > 0, percentile <= 100 else { throw .usage("--percentile: wants 0 to 100") }
    guard precision.share >= 0.001 else { throw .usage("--precision: wants 0.1% or more") }
    guard from.perSecond <= upTo.perSecond else { throw .usage("--from: is more than --up-to") }
    guard step.nanoseconds >= 10_000_000 else { throw .usage("--step: wants 10ms or more") }
  }

  private func write(_ report: SearchReport) throws(LoadFailure) {
    let text: String
    do { text = try report.json } catch { throw .output("--json: \(error)") }
    if json == "-" {
      Terminal.lines([text])
    } else {
      Terminal.lines(report.lines)
      if let json { try OutputOptions.write(text + "\n", to: json) }
    }
  }
}
