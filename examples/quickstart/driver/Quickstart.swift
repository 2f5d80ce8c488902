import Foundation
import LinuxIO

/// Starts Nod on the quickstart, feeds it, asks it, and prints what came of it.
///
/// Run from the repository's root; `NOD` is the path of the executable, and with `DEMO_EXIT=1` the
/// server is stopped after the summary.
@main
struct Quickstart {
  private static let folder = "examples/quickstart"
  private static let data = "var/quickstart"
  private static let port: UInt16 = 8080
  private static let controlPort: UInt16 = 8081
  /// Below it the quickstart does not show what it should.
  private static let fewestBids = 20

  static func main() {
    do { try run() } catch let failure as Failure {
      fail(failure.message)
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
    let requests = try BidRequest.load(folder: folder)
    try startAfresh()
    let bidder = try Bidder(executable: executable, configuration: "\(folder)/nod.yaml")
    defer { bidder.end() }
    try bidder.waitUntilReady(port: port, seconds: 30)
    let reports = try AudienceDrop(files: "\(folder)/audience", inbox: "\(data)/inbox").run()
    try waitUntilVisible(reports)
    let outcome = try Traffic.run(requests, port: port)
    try Summary(
      requests: requests.count, outcome: outcome, reports: reports, metrics: metrics()
    ).show()
    try judge(outcome)
    if environment["DEMO_EXIT"] == "1" { return try bidder.stop() }
    try keepServing(bidder, example: outcome.example)
  }

  /// The data of an earlier run is removed: files that were taken in once would be replays.
  private static func startAfresh() throws {
    for port in [port, controlPort] where (try? Connection(port: port)) != nil {
      throw Failure("something listens at port \(port) already; is Nod running?")
    }
    try? FileManager.default.removeItem(atPath: data)
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
  }

  private static func waitUntilVisible(_ reports: [AudienceDrop.Report]) throws {
    let generation = reports.map { $0.generation }.max() ?? 0
    try Patience.wait(seconds: 5, for: "the audience to be visible") {
      try metrics().value("nod_audience_generation") >= Int(generation)
    }
  }

  private static func metrics() throws -> Metrics {
    var connection = try Connection(port: controlPort)
    let answer = try connection.get("/metrics")
    guard answer.status == 200 else { throw Failure("/metrics answers \(answer.status)") }
    return Metrics(String(decoding: answer.body, as: UTF8.self))
  }

  private static func judge(_ outcome: Traffic.Outcome) throws {
    for surprise in outcome.surprises { Page.line("  unexpected: \(surprise)") }
    guard outcome.bids >= fewestBids else {
      throw Failure("only \(outcome.bids) requests got a bid; at least \(fewestBids) must")
    }
  }

  private static func keepServing(_ bidder: Bidder, example: BidRequest?) throws {
    guard let example else { throw Failure("no request got a bid") }
    let signals = try SignalSource([.interrupt, .terminate, .hangup])
    let file = "\(data)/request.json"
    try Data(example.body).write(to: URL(fileURLWithPath: file))
    Page.line("  Nod keeps serving; Ctrl-C stops it. In another terminal, from this folder:\n")
    Page.line(
      "    curl -i -H 'Content-Type: application/json' --data-binary @\(file) "
        + "http://127.0.0.1:\(port)/openrtb2/\(example.exchange)\n")
    Page.line("  Counters: curl http://127.0.0.1:\(controlPort)/metrics\n")
    while bidder.isRunning {
      if signals.next(timeoutMilliseconds: 200) != nil { return try bidder.stop() }
    }
    throw Failure("the bidder ended")
  }
}
