import Foundation
import Support
import Testing

/// Bids beside a control plane that is flooded, that applies ten thousand line items again and
/// again, or that answers nobody: none fails. Times are judged by `make isolation`, where nothing
/// else runs.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct IsolationTests {
  @Test func aFloodedControlPlaneCostsNoBid() async throws {
    try await onOwnThread {
      let rig = try IsolationRig()
      let plan = try rig.flood()
      let documents = [1_000_007, 1_000_000].map { IsolationRig.manyLineItems(price: $0) }
      var turns = 0
      let comparison = try IsolationComparison("flooded", rig.probe) { asking in
        try rig.folder.write(documents[turns % 2], to: "many.yaml")
        turns += 1
        let flood = try ControlFlood(rig.server, plan)
        rig.server.send(SIGHUP)
        let slice = try asking()
        let answers = try flood.finish()
        #expect(answers.good > 0)
        #expect(answers.broken == 0)
        try Self.waitForReloads(turns, rig.server)
        return slice
      }
      try Self.judge(comparison, rig)
    }
  }

  @Test func applyingTenThousandLineItemsCostsNoBid() async throws {
    try await onOwnThread {
      let rig = try IsolationRig(isCrowded: false)
      let plan = try rig.applies()
      var applied = 0
      let comparison = try IsolationComparison("applying", rig.probe) { asking in
        let flood = try ControlFlood(rig.server, plan)
        let slice = try asking()
        let answers = try flood.finish()
        #expect(answers.good == answers.answers)
        applied += answers.good
        return slice
      }
      #expect(applied > 0)
      try Self.judge(comparison, rig)
    }
  }

  @Test func aControlPlaneThatAnswersNobodyCostsNoBid() async throws {
    try await onOwnThread {
      let rig = try IsolationRig()
      let port = rig.server.controlPort
      let comparison = try IsolationComparison("stopped", rig.probe) { asking in
        // More than it takes at a time: what comes then waits for ever.
        let clients = try SlowClients(port: port, count: 400)
        var late = try TestClient(port: port, timeoutMilliseconds: 100)
        #expect(throws: TestClient.Failure.timeout) { try late.request("GET", "/metrics") }
        return try withExtendedLifetime(clients) { try asking() }
      }
      try rig.server.wait(for: "the control plane") {
        (try? rig.server.metrics()["nod_ready"]) == 1
      }
      try Self.judge(comparison, rig)
    }
  }

  /// No bid failed, none was late where that is judged, and the server ends as it should.
  private static func judge(_ comparison: IsolationComparison, _ rig: IsolationRig) throws {
    #expect(comparison.failures == 0)
    #expect(comparison.hasItsBids, "\(comparison)")
    #expect(!IsolationComparison.isTimed || comparison.isGood, "\(comparison)")
    #expect(try rig.server.stop() == 0)
  }

  /// So that a reload does not fall into the time without one.
  private static func waitForReloads(_ count: Int, _ server: ServerProcess) throws {
    try server.wait(for: "a reload") {
      server.errors.components(separatedBy: "reloaded, 10001 line items").count > count
    }
  }
}
