import ArgumentParser
import LinuxIO
import LoadGeneration

/// `nod-load run`: one load, its figures, and whether they keep the thresholds.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Send a load and report what became of it (the command when none is named).")

  @Option(help: "A YAML file with options; those of the command line win.")
  var scenario: String?

  @OptionGroup(title: "Requests") var requests: RequestOptions

  @Option(help: "Requests a second, such as 500 or 20k.")
  var rate: RateValue?

  @Option(help: "A rate that goes evenly from one value to another, as FROM..TO.")
  var ramp: RateList?

  @Option(help: "Rates one after the other, each for an equal time, as A,B,C.")
  var steps: RateList?

  @Flag(help: "Space requests by chance, as a Poisson process, instead of evenly.")
  var poisson = false

  @Flag(help: "Send the next request when the last was answered: for throughput alone.")
  var closed = false

  @Flag(help: "Replay the corpus at the times in its `at` members.")
  var replay = false

  @Option(help: "How many times faster than recorded to replay.")
  var speed = 1.0

  @Option(help: "How long is measured.")
  var duration = TimeValue.seconds(10)

  @Option(help: "How long the load runs before it is measured.")
  var warmUp = TimeValue.seconds(2)

  @OptionGroup(title: "Thresholds") var bounds: ThresholdOptions

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    try requests.check()
    let url = try requests.url()
    let corpus = try requests.readCorpus()
    var plan = try requests.plan(corpus: corpus, url: url)
    plan.arrivals = try arrivals(corpus)
    plan.warmUpNanoseconds = warmUp.nanoseconds
    let run = WatchedRun(plan: plan, processID: requests.targetPid, isQuiet: output.quiet)
    let result = try run.run()
    let description = RunDescription(
      plan, url: url.text, label: output.label, command: CommandLine.arguments,
      startedMilliseconds: result.startedMilliseconds)
    let broken = bounds.thresholds.compactMap { $0.sentence(result) }
    try output.write(description, result, broken: broken)
    for sentence in broken { Terminal.error("nod-load: \(sentence)") }
    if !broken.isEmpty { throw ExitCode(1) }
    // As a shell says of what an interrupt ended: half a run is no pass.
    if result.wasStopped { throw ExitCode(130) }
  }

  private func arrivals(_ corpus: Corpus) throws(LoadFailure) -> Arrivals {
    let given = [rate != nil, ramp != nil, steps != nil, closed, replay].filter { $0 }.count
    guard given == 1 else {
      throw .usage("give one of --rate, --ramp, --steps, --closed, --replay")
    }
    guard duration.nanoseconds >= 1_000_000 else { throw .usage("--duration: wants 1ms or more") }
    let all = warmUp.nanoseconds + duration.nanoseconds
    if closed { return .closed(nanoseconds: all) }
    if replay { return try recorded(corpus) }
    let profile: RateProfile
    if let ramp {
      guard ramp.rates.count == 2 else { throw .usage("--ramp: wants FROM..TO") }
      profile = .ramp(from: ramp.rates[0], to: ramp.rates[1], nanoseconds: duration.nanoseconds)
    } else if let steps {
      profile = .steps(steps.rates, nanoseconds: duration.nanoseconds)
    } else {
      profile = .constant(rate?.perSecond ?? 1, nanoseconds: duration.nanoseconds)
    }
    return .profile(profile.after(warmUpNanoseconds: warmUp.nanoseconds), isPoisson: poisson)
  }

  private func recorded(_ corpus: Corpus) throws(LoadFailure) -> Arrivals {
    guard speed.isFinite, speed > 0, speed <= 1e6 else {
      throw .usage("--speed: wants more than 0, at most 1000000")
    }
    do {
      let times = try corpus.recordedTimes(speed: speed, of: requests.corpus ?? "")
      guard warmUp.nanoseconds < times.last ?? 0 else {
        throw LoadFailure.usage("--warm-up: the recording is not longer")
      }
      return .recorded(times)
    } catch let problem as CorpusProblem {
      throw .data(problem.description)
    } catch let failure as LoadFailure {
      throw failure
    } catch {
      throw .data("\(error)")
    }
  }
}
