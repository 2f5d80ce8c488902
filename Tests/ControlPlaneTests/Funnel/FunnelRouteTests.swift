import AuctionTypes
import CampaignDocuments
import Foundation
import Support
import Testing

@testable import ControlPlane

@Suite struct FunnelRouteTests {
  private static let now = WallTime(milliseconds: 1_795_449_600_000)

  private static func advertiser(
    _ id: String, campaign: Status = .active, lineItem: Status = .active,
    flight: Flight = .open
  ) -> Advertiser {
    Advertiser(
      id: id, name: id, domain: "\(id).example",
      campaigns: [
        Campaign(
          id: "k", status: campaign, flight: flight, budget: .unlimited,
          lineItems: [
            LineItem(
              id: "l", status: lineItem, bid: Bid(amountMicros: 1_000_000), creativeIDs: ["c"])
          ])
      ])
  }

  private static func rig(
    _ refused: [NoBidReason: UInt64], bids: UInt64, _ advertisers: [Advertiser]
  ) throws -> ControlRig {
    let rig = try ControlRig { parts in
      parts.advertisers.set(advertisers)
      parts.funnel = FunnelPort { path, minutes in
        guard path == "acme/k/l" else {
          return FunnelCounts(from: now, to: now, refused: [:], bids: 0)
        }
        let from = WallTime(milliseconds: now.milliseconds - Int64(minutes) * 60_000)
        return FunnelCounts(from: from, to: now, refused: refused, bids: bids)
      }
    }
    return rig
  }

  private static let path = "/v1/advertisers/acme/line-items/l/funnel"

  @Test func saysWhereRequestsFallAndWhatToDo() async throws {
    let rig = try Self.rig(
      [.privacy: 40, .geo: 120, .audience: 840, .floor: 0], bids: 200, [Self.advertiser("acme")])
    try await rig.serve { port in
      let client = AccessClient(port: port).with(key: ControlRig.token)
      let funnel = try client.json("GET", Self.path + "?minutes=15")
      #expect(funnel["line_item"] as? String == "acme/k/l")
      #expect(funnel["requests"] as? Int == 1_200)
      #expect(funnel["bids"] as? Int == 200)
      #expect(funnel["bid_share"] as? Double == 0.1667)
      #expect(funnel["from"] as? String == "2026-11-23T15:45:00.000Z")
      #expect(funnel["to"] as? String == "2026-11-23T16:00:00.000Z")
      let stages = try #require(funnel["stages"] as? [[String: Any]])
      #expect(stages.map { $0["stage"] as? String } == ["privacy", "geo", "audience"])
      #expect(stages.map { $0["refused"] as? Int } == [40, 120, 840])
      #expect(stages.map { $0["left"] as? Int } == [1_160, 1_040, 200])
      #expect(stages.map { $0["share"] as? Double } == [0.0333, 0.1, 0.7])
      #expect(
        stages.map { $0["changed_by"] as? String } == ["exchange", "advertiser", "advertiser"])
      let verdict = try #require(funnel["verdict"] as? String)
      #expect(verdict.hasPrefix("70 % of requests fell at `audience`: "), "\(verdict)")
      #expect(verdict.hasSuffix("It bid on 17 % of 1200 requests."), "\(verdict)")
    }
  }

  @Test(
    arguments: [
      (Status.active, Status.paused, Flight.open, "The line item is paused"),
      (.paused, .active, .open, "Its campaign `k` is paused"),
      (.archived, .active, .open, "Its campaign `k` is archived"),
      (.active, .archived, .open, "The line item is archived"),
      (
        .active, .active, Flight(startMilliseconds: 1_795_449_605_000),
        "begins at 2026-11-23T16:00:05.000Z"
      ),
      (
        .active, .active, Flight(endMilliseconds: 1_795_449_600_000),
        "ended at 2026-11-23T16:00:00.000Z"
      ),
    ])
  func saysFirstThatItDoesNotRun(
    _ campaign: Status, _ lineItem: Status, _ flight: Flight, _ words: String
  ) async throws {
    let advertiser = Self.advertiser(
      "acme", campaign: campaign, lineItem: lineItem, flight: flight)
    try await Self.rig([.inactive: 10], bids: 0, [advertiser]).serve { port in
      let funnel = try AccessClient(port: port).with(key: ControlRig.token)
        .json("GET", Self.path)
      let verdict = try #require(funnel["verdict"] as? String)
      #expect(verdict.prefix(90).contains(words), "\(verdict)")
      #expect(verdict.contains("100 % of requests fell at `inactive`"), "\(verdict)")
    }
  }

  @Test func saysWhenNoRequestHasComeIn() async throws {
    try await Self.rig([:], bids: 0, [Self.advertiser("acme")]).serve { port in
      let funnel = try AccessClient(port: port).with(key: ControlRig.token)
        .json("GET", Self.path)
      #expect(funnel["requests"] as? Int == 0)
      #expect((funnel["stages"] as? [Any])?.isEmpty == true)
      let verdict = try #require(funnel["verdict"] as? String)
      #expect(verdict.hasPrefix("No request has come in since 2026-11-23T15:00:00.000Z"))
    }
  }

  @Test func knowsNeitherOtherLineItemsNorThoseOfOthers() async throws {
    let advertisers = [Self.advertiser("acme"), Self.advertiser("rival")]
    try await Self.rig([.geo: 1], bids: 0, advertisers).serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let own = AccessClient(port: port).with(
        key: try root.makeKey("viewer", #"["acme"]"#).text)
      #expect(try own.send("GET", Self.path).status == 200)
      for path in ["acme/line-items/m", "rival/line-items/l", "none/line-items/l"] {
        let answer = try own.send("GET", "/v1/advertisers/\(path)/funnel")
        #expect(answer.status == 404, "\(path)")
      }
      #expect(try root.send("GET", "/v1/advertisers/rival/line-items/l/funnel").status == 200)
    }
  }

  @Test(arguments: ["0", "61", "x", "-1", ""])
  func refusesMinutesOutOfRange(_ minutes: String) async throws {
    try await Self.rig([:], bids: 0, [Self.advertiser("acme")]).serve { port in
      let answer = try AccessClient(port: port).with(key: ControlRig.token)
        .send("GET", Self.path + "?minutes=\(minutes)")
      #expect(answer.status == 400)
    }
  }

  @Test(arguments: NoBidReason.allCases)
  func everyReasonHasAdvice(_ reason: NoBidReason) {
    let advice = FunnelAdvice(reason)
    #expect(advice.text.hasSuffix("."))
    #expect(advice.text.count > 20)
    if reason != .outbid { #expect(!advice.text.hasPrefix("another line item bid more")) }
  }
}
