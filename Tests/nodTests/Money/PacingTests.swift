import Foundation
import Support
import Testing

/// Spends flights of a minute and more against the clock; `make pacing` asks for it, since it takes
/// as long as the flights.
@Suite(
  .serialized, .timeLimit(.minutes(10)),
  .enabled(if: ProcessInfo.processInfo.environment["NOD_PACING"] == "1"))
struct PacingTests {
  private static let window = 5.0

  /// A flight and what must come of it.
  private struct Flight {
    let name: String
    let pacing: String
    let seconds: Double
    let totalMicros: Int64

    var path: String { "acme/\(name)" }
  }

  private static let flights = [
    Flight(name: "minute", pacing: "even", seconds: 60, totalMicros: 3_000_007),
    Flight(name: "soon", pacing: "asap", seconds: 60, totalMicros: 3_000_007),
    Flight(name: "even", pacing: "even", seconds: 100, totalMicros: 5_000_011),
    Flight(name: "ahead", pacing: "ahead", seconds: 100, totalMicros: 5_000_011),
  ]

  @Test func spendsFlightsAsPlanned() async throws {
    try await onOwnThread {
      // Flights start on whole seconds.
      let start = Date(timeIntervalSince1970: (Date.now.timeIntervalSince1970 + 4).rounded())
      let rig = try MoneyRig(
        plan: Self.plan(from: start), tellers: 2,
        pace: Teller.Pace(bidders: 4, firing: 16, depth: 2), seed: 1, window: Self.window)
      let server = try rig.start()
      let began = TellerBook.now + start.timeIntervalSinceNow
      try rig.run(port: server.port, until: .time(began + 103))
      try rig.run(port: server.port, until: .allAnswered)
      #expect(try server.stop() == 0)
      let report = try rig.report()
      #expect(rig.faults(of: report, window: Self.window) == [])
      for (index, flight) in Self.flights.enumerated() {
        let bids = rig.bids().filter { $0.entry == index && $0.booked != nil }
        let curve = Self.curve(of: bids, flight, from: began)
        let spent = Double(report.account(flight.path)?.settledMicros ?? 0)
        let share = spent / Double(flight.totalMicros)
        print("\(flight.name) (\(flight.pacing), \(Int(flight.seconds)) s): \(share) of budget")
        print("  at each tenth: " + curve.map { String(format: "%.3f", $0) }.joined(separator: " "))
        #expect(share >= 0.99 && share <= 1, "\(flight.name)")
        Self.check(curve, flight)
      }
    }
  }

  private static func plan(from start: Date) -> RigPlan {
    RigPlan(
      flights.map { flight in
        let end = start.addingTimeInterval(flight.seconds)
        return RigCampaign(
          advertiser: "acme", name: flight.name,
          budget: RigBudget(total: (flight.totalMicros, 0)),
          lineItems: [
            RigLineItem(
              name: "\(flight.name)-l", amountMicros: 1_700_300, habit: .paying,
              pacing: flight.pacing)
          ],
          flight: "{start: \(start.ISO8601Format()), end: \(end.ISO8601Format())}")
      }, hourOfDay: Calendar.current.component(.hour, from: .now))
  }

  /// The share of the budget that was spent by each tenth of the flight.
  private static func curve(of bids: [RigBid], _ flight: Flight, from start: Double) -> [Double] {
    (1...10).map { tenth in
      let end = start + flight.seconds * Double(tenth) / 10
      let nanos = bids.filter { $0.answered <= end }.reduce(0) { $0 + $1.paidNanos }
      return Double(nanos) / Double(flight.totalMicros * 1_000)
    }
  }

  private static func check(_ curve: [Double], _ flight: Flight) {
    for (index, share) in curve.enumerated() {
      let plan = Double(index + 1) / 10
      switch flight.pacing {
      case "even": #expect(abs(share - plan) <= 0.1 * plan, "\(flight.name) at \(plan)")
      case "ahead": #expect(abs(share - min(1, 1.2 * plan)) <= 0.1 * plan, "at \(plan)")
      default: #expect(index < 4 || share >= 0.99, "\(flight.name) at \(plan)")
      }
    }
  }
}
