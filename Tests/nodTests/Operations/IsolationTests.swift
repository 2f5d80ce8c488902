import Foundation
import LinuxIO
import Support
import Testing

/// Bids beside a control plane that is flooded or that answers nobody, of a server with ten
/// thousand line items that are reloaded again and again: none fails. Times are judged by
/// `make isolation`, where nothing else runs.
///
/// Times with and without the flood alternate, so that what else the machine does falls on both.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct IsolationTests {
  private static let pairs = 7
  /// The most that a comparison is repeated while the machine is too uneven for it.
  private static let rounds = 3
  private static let isRelease = NodProcess.releaseExecutable != nil
  private static let isTimed =
    isRelease && ProcessInfo.processInfo.environment["NOD_ISOLATION"] == "1"
  private static let rate = isRelease ? 4_000 : 400
  private static let sliceSeconds = 0.7
  /// What the flood may add, of the idle 99th percentile.
  fileprivate static let allowedRatio = 1.3
  /// Below so many microseconds the difference is of no consequence: a hundredth of a deadline.
  fileprivate static let floorMicroseconds = 1_000.0

  @Test func aFloodedControlPlaneCostsNoBid() async throws {
    try await onOwnThread {
      let (folder, server) = try Self.server()
      let probe = try BidProbe(port: server.port, body: ServingSamples.request(buyer: "u1"))
      let token = try String(contentsOfFile: folder.path("control.token"), encoding: .utf8)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      var answers = 0
      let comparison = try Self.compare(probe) { asking in
        let flood = try ControlFlood(port: server.controlPort, requests: Self.requests(token))
        try folder.write(Self.manyLineItems(price: 1_000_000 + answers % 1_000), to: "many.yaml")
        server.send(SIGHUP)
        defer { flood.stop() }
        let slice = try asking()
        answers += flood.answers.load(ordering: .relaxed)
        return slice
      }
      print("isolation, flooded: \(comparison), \(answers) answers of the control plane")
      #expect(comparison.failures == 0)
      #expect(!Self.isTimed || comparison.isGood, "\(comparison)")
      #expect(answers > 100)
      try server.wait(for: "a reload") { server.errors.contains("reloaded, 10001 line items") }
      #expect(try server.stop() == 0)
    }
  }

  @Test func aControlPlaneThatAnswersNobodyCostsNoBid() async throws {
    try await onOwnThread {
      let (_, server) = try Self.server()
      let probe = try BidProbe(port: server.port, body: ServingSamples.request(buyer: "u1"))
      let comparison = try Self.compare(probe) { asking in
        // More than it takes at a time: what comes then waits for ever.
        let clients = try SlowClients(port: server.controlPort, count: 400)
        var late = try TestClient(port: server.controlPort, timeoutMilliseconds: 100)
        #expect(throws: TestClient.Failure.timeout) { try late.request("GET", "/metrics") }
        return try withExtendedLifetime(clients) { try asking() }
      }
      print("isolation, stopped: \(comparison)")
      #expect(comparison.failures == 0)
      #expect(!Self.isTimed || comparison.isGood, "\(comparison)")
      try server.wait(for: "the control plane") {
        (try? server.metrics()["nod_ready"]) == 1
      }
      #expect(try server.stop() == 0)
    }
  }

  /// The 99th percentiles with and without a burden: medians over the slices.
  struct Comparison: CustomStringConvertible {
    var idle: [Double] = []
    var burdened: [Double] = []
    var failures = 0
    var requests = 0

    /// Whether the burden is not felt.
    var isGood: Bool {
      Self.median(burdened)
        <= max(IsolationTests.allowedRatio * Self.median(idle), IsolationTests.floorMicroseconds)
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    var description: String {
      let (a, b) = (Self.median(idle), Self.median(burdened))
      return String(
        format: "p99 %.0f us idle, %.0f us beside it (%.2f times), %d bids, %d failed", a, b, b / a,
        requests, failures)
    }
  }

  private static func compare(
    _ probe: BidProbe, _ burden: (() throws -> BidProbe.Slice) throws -> BidProbe.Slice
  ) throws -> Comparison {
    let ask = { try probe.ask(perSecond: rate, seconds: sliceSeconds) }
    _ = try ask()
    var comparison = Comparison()
    for round in 1...rounds {
      comparison.idle = []
      comparison.burdened = []
      for _ in 0..<pairs {
        let idle = try ask()
        let burdened = try burden(ask)
        comparison.idle.append(idle.quantile(0.99))
        comparison.burdened.append(burdened.quantile(0.99))
        comparison.failures += idle.failures + burdened.failures
        comparison.requests += idle.microseconds.count + burdened.microseconds.count
      }
      if comparison.isGood || !isTimed || round == rounds { break }
    }
    return comparison
  }

  /// A server with one line item that bids and ten thousand of another exchange.
  private static func server() throws -> (TemporaryFolder, ServerProcess) {
    let folder = try TemporaryFolder()
    try folder.write(
      ServingSamples.configuration.replacing("[acme.yaml]", with: "[acme.yaml, many.yaml]")
        .replacing("{name: example, ", with: "{name: example, notice_window: 2s, "),
      to: "nod.yaml")
    try folder.write(
      ServingSamples.document(amountMicros: 2_500_000)
        .replacing("{total_micros: 1000000000}", with: "{total_micros: 1000000000000}")
        .replacing("creatives: [c]", with: "pacing: asap\n            creatives: [c]"),
      to: "acme.yaml")
    try folder.write(manyLineItems(price: 1_000_000), to: "many.yaml")
    let server = try ServerProcess(
      in: folder, executable: NodProcess.releaseExecutable ?? NodProcess.executable)
    let name = ServingSamples.fileName(timestamp: 1_700_000_000_000)
    try server.drop("u1 24\n".utf8, as: name, source: "aam")
    let body = ServingSamples.request(buyer: "u1")
    try server.wait(for: "a bid") { try server.post(body).status == 200 }
    return (folder, server)
  }

  private static func manyLineItems(price: Int) -> String {
    var text = """
      advertisers:
        - id: many
          domain: many.example
          creatives:
            - {id: c, format: banner, w: 300, h: 250, markup: '<a href="${CLICK_URL}">b</a>',
               landing_url: 'https://many.example/'}
          campaigns:
            - id: k
              budget: {total_micros: 1000000000}
              line_items:

      """
    for number in 0..<10_000 {
      text += "        - {id: l\(number), bid: {model: cpm, amount_micros: \(price)}, "
      text += "creatives: [c], targeting: {exchanges: {include: [quiet]}}}\n"
    }
    return text
  }

  /// Scrapes, reads with the key, tries with wrong ones, and large bodies that are refused.
  private static func requests(_ token: String) -> [ControlFlood.Request] {
    let key = ["Authorization: Bearer \(token)"]
    let large = [UInt8](repeating: 0x20, count: 1 << 20)
    var requests = (0..<8).map { _ in ControlFlood.Request(path: "/metrics") }
    requests += (0..<4).map { _ in
      ControlFlood.Request(path: "/v1/advertisers?page_size=1000", headers: key)
    }
    requests += (0..<2).map { _ in
      ControlFlood.Request(path: "/v1/advertisers", headers: ["Authorization: Bearer wrong"])
    }
    requests += (0..<2).map { _ in
      ControlFlood.Request(method: "POST", path: "/v1/apply", headers: key, body: large)
    }
    return requests
  }
}
