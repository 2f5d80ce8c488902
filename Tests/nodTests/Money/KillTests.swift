import Foundation
import Support
import Testing

/// Kills a server that spends, again and again, and adds up what it owes.
///
/// `NOD_KILLS` sets the number of kills: 50, or what `make kills KILLS=500` asks for.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct KillTests {
  private static let seed: UInt64 = 20_261_123
  /// What must be in flight when the server dies.
  private static let leastInFlight = 100

  private static var kills: Int {
    ProcessInfo.processInfo.environment["NOD_KILLS"].flatMap(Int.init) ?? 50
  }

  /// What is told of a run.
  private struct Figures {
    /// Billing notices that were sent before the kill and never answered.
    var inFlight: [Int] = []
    var startSeconds: [Double] = []
  }

  @Test func losesDoublesAndOverspendsNothing() async throws {
    try await onOwnThread {
      let hour = Calendar.current.component(.hour, from: .now)
      let rig = try MoneyRig(
        plan: .kills(hourOfDay: hour), pace: Teller.Pace(reserve: 240), seed: Self.seed)
      var random = SeededGenerator(seed: Self.seed)
      var figures = Figures()
      // On a busy machine the server may answer before the signal comes: such a kill is one more.
      var round = 0
      while figures.inFlight.count < Self.kills, round < 2 * Self.kills {
        try Self.kill(rig, round: round, &figures, &random)
        round += 1
      }
      #expect(figures.inFlight.count == Self.kills, "too few notices were in flight at the kills")
      try Self.settle(rig)
      Self.print(figures, of: rig)
      let fullness = rig.fullness()
      // Budgets that nothing comes near would prove nothing.
      for path in ["acme/tight", "acme/tight/t1", "acme/turning", "globex/euro"] {
        #expect((fullness[path] ?? 0) > 0.5, "\(path) was never short of budget")
      }
    }
  }

  /// Lets the tellers spend for a moment, kills the server while they wait for answers, and reads
  /// what it left.
  private static func kill(
    _ rig: MoneyRig, round: Int, _ figures: inout Figures, _ random: inout SeededGenerator
  ) throws {
    let began = TellerBook.now
    let server = try rig.start()
    figures.startSeconds.append(TellerBook.now - began)
    let life = 0.15 + random.fraction() * 0.45
    let delay = random.fraction() * 0.0015
    var killed = 0.0
    let unanswered = try rig.run(port: server.port, until: .serverGone) {
      Foundation.Thread.sleep(forTimeInterval: life)
      try server.wait(for: "notices to send") { rig.stock >= 6 * leastInFlight }
      // A server at rest lets them pile up, however fast it would answer.
      server.send(SIGSTOP)
      for teller in rig.tellers { teller.hurry() }
      // Some may have been answered before it was stopped: then this kill is one more. A notice
      // waits 5 s for the journal, stopped or not, and is answered 503 then.
      try? server.wait(seconds: 2, for: "notices in flight") { rig.inFlight >= 3 * leastInFlight }
      server.send(SIGCONT)
      Foundation.Thread.sleep(forTimeInterval: delay)
      killed = TellerBook.now
      server.send(SIGKILL)
    }
    #expect(try server.waitUntilExit() == -SIGKILL, "round \(round)")
    let inFlight = unanswered.count { $0 < killed }
    if inFlight >= leastInFlight { figures.inFlight.append(inFlight) }
    let report = try rig.report()
    let faults = rig.faults(of: report)
    #expect(faults == [], "round \(round), seed \(seed)")
    for teller in rig.tellers {
      teller.withBook {
        $0.forgetTargets()
        $0.repeatBillings(atMost: 30)
      }
    }
  }

  /// Everything is sent until it is answered; then the sums must be what was acknowledged.
  private static func settle(_ rig: MoneyRig) throws {
    let server = try rig.start()
    #expect(try rig.run(port: server.port, until: .allAnswered).isEmpty)
    #expect(try server.stop() == 0)
    let bids = rig.bids()
    #expect(bids.allSatisfy { ($0.billed == nil) == ($0.booked == nil) })
    let report = try rig.report()
    #expect(rig.faults(of: report) == [], "seed \(seed)")
    #expect(report.accounts.allSatisfy { $0.reservedMicros == 0 })
    #expect(rig.overbids() == [], "seed \(seed)")
    #expect(rig.faults == [], "seed \(seed)")
  }

  private static func print(_ figures: Figures, of rig: MoneyRig) {
    let bids = rig.bids()
    let inFlight = figures.inFlight.sorted()
    let starts = figures.startSeconds.sorted()
    let milliseconds = Int(starts[starts.count / 2] * 1_000)
    Swift.print(
      """
      \(figures.inFlight.count) kills (and \(starts.count - inFlight.count) with less in flight) \
      of \(rig.executable.path):
        bids \(bids.count), booked \(bids.count { $0.booked != nil }), \
      billing notices answered \(rig.sum(\.answeredBillings)), \
      repeated after an answer \(rig.sum(\.repeats)), requests without a bid \(rig.sum(\.noBids))
        in flight at the kill: least \(inFlight[0]), median \(inFlight[inFlight.count / 2])
        start of a server: median \(milliseconds) ms
      """)
    for (path, share) in rig.fullness().sorted(by: { $0.key < $1.key }) {
      Swift.print("  \(path): at least \(Int(share * 100)) % of the budget was out at once")
    }
  }
}
