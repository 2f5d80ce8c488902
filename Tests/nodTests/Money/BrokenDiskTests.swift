import Foundation
import Support
import Testing

/// A server whose journal cannot be written says so, takes no money, and recovers at a restart.
@Suite(
  .serialized, .timeLimit(.minutes(10)),
  .enabled(if: SystemCallTracer.isUsable, "strace is missing or may not trace"))
struct BrokenDiskTests {
  @Test(arguments: [
    ("fdatasync", "error=EIO:when=30+"), ("write,pwrite64,writev,pwritev", "error=ENOSPC:when=30+"),
  ])
  func stopsBiddingAndBookingUntilARestart(_ calls: String, _ injection: String) async throws {
    try await onOwnThread {
      let rig = try MoneyRig(
        plan: RigPlan(
          [
            RigCampaign(
              advertiser: "acme", name: "k", budget: RigBudget(total: (50_000_000, 0)),
              lineItems: [RigLineItem(name: "l", amountMicros: 2_500_000, habit: .paying)])
          ], hourOfDay: Calendar.current.component(.hour, from: .now)),
        tellers: 1, pace: Teller.Pace(bidders: 1, firing: 4, depth: 1), seed: 5)
      rig.tellers[0].withBook { $0.allowsRefusals = true }
      let tracer = SystemCallTracer(
        calls: calls, injection: injection, journalOf: rig.folder)
      let server = try rig.start(under: tracer.command)
      let limit = TellerBook.now + 30
      while rig.sum(\.refused.count) == 0, TellerBook.now < limit {
        try rig.run(port: server.port, until: .time(TellerBook.now + 0.5))
      }
      #expect(rig.sum(\.refused.count) > 0)
      #expect(rig.sum(\.answeredBillings) > 0)
      try Self.expectStopped(server, rig)
      server.send(SIGTERM)
      _ = try server.waitUntilExit()
      try Self.recover(rig)
    }
  }

  /// No bid, no booking, not ready.
  private static func expectStopped(_ server: ServerProcess, _ rig: MoneyRig) throws {
    #expect(try server.status(of: "/readyz") == 503)
    #expect(try server.status(of: "/healthz") == 200)
    let before = rig.bids().count
    let answered = rig.sum(\.answeredBillings)
    try rig.run(port: server.port, until: .time(TellerBook.now + 0.2))
    #expect(rig.bids().count == before)
    #expect(rig.sum(\.answeredBillings) == answered)
  }

  private static func recover(_ rig: MoneyRig) throws {
    #expect(try faults(rig) == [])
    let server = try rig.start()
    let before = rig.bids().count
    rig.tellers[0].withBook { $0.retryRefused() }
    try rig.run(port: server.port, until: .bids(20))
    #expect(rig.bids().count >= before + 20)
    #expect(try server.stop() == 0)
    #expect(try faults(rig) == [])
    #expect(rig.bids().allSatisfy { ($0.billed == nil) == ($0.booked == nil) })
    #expect(rig.faults == [])
  }

  private static func faults(_ rig: MoneyRig) throws -> [String] {
    rig.faults(of: try rig.report())
  }
}
