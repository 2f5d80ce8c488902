import Foundation
import LinuxIO

/// Starts Nod on the quickstart, feeds it, asks it, and prints what came of it.
///
/// Run from the repository's root; `NOD` is the path of the executable, and with `DEMO_EXIT=1` the
/// server is stopped after the summary. `NOD_BIDDER_LISTEN` and `NOD_CONTROL_LISTEN` choose other
/// ports than those of `nod.yaml`.
@main
struct Quickstart {
  private static let folder = "examples/quickstart"
  private static let data = "var/quickstart"
  /// What a shell reports of a program that Ctrl-C ended.
  private static let interruptedStatus: Int32 = 130

  let endpoints: Endpoints
  let requests: [BidRequest]
  let patience: Patience

  static func main() {
    do { try run() } catch let failure as Failure {
      fail(failure.message)
    } catch is Interrupted {
      exit(interruptedStatus)
    } catch {
      fail("\(error)")
    }
  }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data("quickstart: \(message)\n".utf8))
    exit(1)
  }

  private static func run() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let executable = environment["NOD"] else { throw Failure("NOD is not set") }
    BrokenPipes.ignore()
    let quickstart = Quickstart(
      endpoints: try Endpoints(environment: environment),
      requests: try BidRequest.load(folder: folder),
      patience: Patience(signals: try SignalSource()))
    try quickstart.endpoints.expectFree()
    let folder = try DataFolder(data)
    let bidder = try Bidder(
      executable: executable, configuration: "\(Self.folder)/nod.yaml",
      environment: quickstart.endpoints.overrides(of: environment), log: folder.path(of: "nod.log"))
    do {
      let notices = try quickstart.show(bidder, data: folder)
      let endsByItself = environment["DEMO_EXIT"] == "1"
      if !endsByItself { try quickstart.waitForTheEnd(of: bidder) }
      try bidder.stop()
      if endsByItself { try verify(notices, executable) }
    } catch {
      bidder.end(tellingWhy: !(error is Interrupted))
      throw error
    }
  }

  /// From the start of the bidder to the `curl` line.
  /// - Returns: what the exchanges charged.
  private func show(_ bidder: Bidder, data: borrowing DataFolder) throws -> Notices {
    try bidder.waitUntilReady(endpoints.bidder, patience)
    let drop = AudienceDrop(files: "\(Self.folder)/audience", inbox: data.path(of: "inbox"))
    let reports = try drop.run(patience)
    try waitUntilVisible(reports)
    let tally = try Traffic.run(requests, at: endpoints.bidder)
    let counters = try metrics()
    let spend = try Spend(tally.notices) { try counters.spendMicros(ofCampaign: $0) }
    let summary = Summary(
      tally: tally, reports: reports, audience: try Summary.Audience(counters), spend: spend)
    Page.write(summary.text)
    try judge(tally)
    try spend.expectExact("/metrics")
    guard let example = tally.example else { throw Failure("no request got a bid") }
    let body = data.path(of: "request.json")
    try Data(example.body).write(to: URL(fileURLWithPath: body))
    Page.write(summary.invitation(example, body: body, endpoints: endpoints))
    return tally.notices
  }

  /// Holds the journal that the bidder left behind to what was charged.
  private static func verify(_ notices: Notices, _ executable: String) throws {
    let check = try LedgerCheck(executable: executable, folder: data)
    try Spend(notices) { try check.settledMicros(of: $0) }.expectExact("the journal")
    Page.write("\n`nod ledger verify \(data)`: the journal keeps every invariant.\n")
  }

  private func waitUntilVisible(_ reports: [AudienceDrop.Report]) throws {
    let generation = reports.map { $0.generation }.max() ?? 0
    try patience.wait(seconds: 5, for: "the audience to be visible") {
      try metrics().value("nod_audience_generation") >= Int(generation)
    }
  }

  private func metrics() throws -> Metrics {
    var connection = try Connection(to: endpoints.control)
    let answer = try connection.get("/metrics")
    guard answer.status == 200 else { throw Failure("/metrics answers \(answer.status)") }
    return Metrics(String(decoding: answer.body, as: UTF8.self))
  }

  private func judge(_ tally: Tally) throws {
    guard !tally.surprises.isEmpty else { return }
    let lines = tally.surprises.map { "\n  \($0)" }.joined()
    throw Failure("\(tally.surprises.count) answers are not as expected.json says:\(lines)")
  }

  /// Returns when somebody wants the bidder to end.
  private func waitForTheEnd(of bidder: Bidder) throws {
    Page.write("\nNod keeps serving until Ctrl-C; its log is \(bidder.log).\n")
    while bidder.isRunning {
      if patience.signals.next(timeoutMilliseconds: 200) != nil { return }
    }
    throw Failure("the bidder ended by itself")
  }
}
