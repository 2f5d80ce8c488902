import Foundation
import Support
import Testing

/// Kills a server before each of the calls that write its journal, in a short run.
@Suite(
  .serialized, .timeLimit(.minutes(10)),
  .enabled(if: SystemCallTracer.isUsable, "strace is missing or may not trace"))
struct SystemCallTests {
  /// A run that needs more calls than this is not short.
  private static let mostCalls = 60
  private static let bids = 5
  private static let secondsForAll = 25.0

  @Test(arguments: ["fdatasync", "write,pwrite64,writev,pwritev", "rename,renameat,renameat2"])
  func keepsWhatItAcknowledgedWhereverItDies(_ calls: String) async throws {
    try await onOwnThread {
      let began = TellerBook.now
      let old = try Self.rig(seed: 1)
      var number = 0
      var survived = false
      while !survived, number < Self.mostCalls, TellerBook.now < began + Self.secondsForAll {
        number += 1
        // A folder that is empty, and one that has seen every kill before.
        let fresh = try Self.rig(seed: UInt64(number))
        survived = try Self.run(fresh, killedAt: number, of: calls)
        survived = try Self.run(old, killedAt: number, of: calls) && survived
      }
      print("\(calls): killed at each of \(survived ? number - 1 : number) calls")
      #expect(number > 2, "\(calls): hardly a call was seen")
    }
  }

  private static func rig(seed: UInt64) throws -> MoneyRig {
    try MoneyRig(
      plan: RigPlan(
        [
          RigCampaign(
            advertiser: "acme", name: "k", budget: RigBudget(total: (60_000, 8_000)),
            lineItems: [RigLineItem(name: "l", amountMicros: 2_500_000, habit: .paying)])
        ], hourOfDay: Calendar.current.component(.hour, from: .now)),
      tellers: 1, pace: Teller.Pace(bidders: 1, firing: 2, depth: 1), seed: seed, window: 1)
  }

  /// One short run that is killed, then one that sends again what was not answered. Returns whether
  /// the server lived to its end.
  private static func run(_ rig: MoneyRig, killedAt number: Int, of calls: String) throws -> Bool {
    let survived = try spend(rig, killedAt: number, of: calls)
    #expect(try faults(rig) == [], "\(calls) \(number)")
    let server = try rig.start()
    #expect(try rig.run(port: server.port, until: .allAnswered).isEmpty)
    #expect(try server.stop() == 0)
    #expect(try faults(rig) == [], "\(calls) \(number), sent again")
    #expect(rig.bids().allSatisfy { ($0.billed == nil) == ($0.booked == nil) })
    #expect(rig.overbids(window: 1) == [])
    #expect(rig.faults == [], "\(calls) \(number)")
    return survived
  }

  private static func spend(
    _ rig: MoneyRig, killedAt number: Int, of calls: String
  ) throws -> Bool {
    let tracer = SystemCallTracer(
      calls: calls, injection: "signal=KILL:when=\(number)", journalOf: rig.folder)
    let server: ServerProcess
    do { server = try rig.start(under: tracer.command) } catch {
      // It died before it was ready.
      return false
    }
    _ = try rig.run(port: server.port, until: .bids(bids))
    server.send(SIGTERM)
    return try server.waitUntilExit() == 0
  }

  private static func faults(_ rig: MoneyRig) throws -> [String] {
    rig.faults(of: try rig.report(), window: 1)
  }
}
