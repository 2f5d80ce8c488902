import AuctionTypes
import BudgetLedger
import ControlStore
import Foundation
import Reporting
import Support
import Testing

@testable import ControlPlane

@Suite struct ReportRouteTests {
  private static let path = "/v1/reports/delivery"

  /// A control plane with some delivery of two advertisers; acme's names are formulas.
  private static func rig() throws -> ControlRig {
    let rig = try ControlRig { parts in
      parts.reports = ReportDesk(
        database: parts.database,
        plans: {
          ["acme/-k", "zeta/k"].map {
            CampaignPlan(path: $0, budget: BudgetPlan(total: nil, daily: nil))
          }
        })
    }
    try fill(
      rig.parts.database,
      """
      INSERT INTO delivery_accounts VALUES
        (0, 'acme', '-k', NULL, 'USD', 0), (1, 'acme', '-k', '=1+1', 'USD', 0),
        (2, 'zeta', 'k', 'secret', 'EUR', 0), (3, 'acme', '-k', 'a,"b', 'USD', 0);
      INSERT INTO delivery_creatives VALUES (0, 'acme', '@SUM(A1)'), (1, 'zeta', 'hidden');
      INSERT INTO delivery_exchanges VALUES (0, '+x');
      INSERT INTO delivery VALUES
        (20780, 1, 498720, 0, 0, 19661050, 200000, 1, 1, 1, 0, 0, 2500999, 0),
        (20780, 3, 498721, 0, 0, 19661050, 4, 3, 2, 1, 0, 0, 1000, 1000),
        (20781, 2, 498744, 1, 0, 19661050, 7, 7, 7, 7, 0, 0, 7000, 0);
      INSERT INTO delivery_matched VALUES (20780, 1, 498720, 300000);
      """)
    return rig
  }

  private static func fill(_ database: ControlDatabase, _ sql: String) throws {
    try database.pool.write { try $0.execute(sql: sql) }
  }

  @Test(arguments: [
    ("group_by=colour", "group_by"), ("group_by=day,day", "twice"), ("group_by=day,", "group_by"),
    ("from=2026-13-01", "from"), ("from=yesterday", "from"), ("to=2026-11-23T00:00", "to"),
    ("to=1969-12-31", "to"), ("from=2026-11-23&to=2026-11-23", "later"),
    ("size=300", "size"), ("size=300x", "size"), ("size=70000x1", "size"), ("format=xml", "format"),
  ])
  func refusesWhatIsNoQuery(_ query: String, _ word: String) async throws {
    try await Self.rig().serve { port in
      let client = AccessClient(port: port).with(key: ControlRig.token)
      let answer = try client.send("GET", "\(Self.path)?\(query)")
      #expect(answer.status == 400, "\(answer.text)")
      #expect(answer.header("Content-Type") == "application/problem+json")
      let detail = try #require(answer.json["detail"] as? String)
      #expect(detail.contains(word), "\(detail)")
    }
  }

  @Test func refusesMoreRowsThanAnAnswerHolds() async throws {
    let rig = try Self.rig()
    try Self.fill(
      rig.parts.database,
      """
      INSERT INTO delivery SELECT 20782, 1, value, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0
      FROM (WITH RECURSIVE n(value) AS (
        SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT \(ReportLimits.rows + 1)) SELECT * FROM n)
      """)
    try await rig.serve { port in
      let client = AccessClient(port: port).with(key: ControlRig.token)
      let answer = try client.send("GET", "\(Self.path)?group_by=hour")
      #expect(answer.status == 422)
      #expect(answer.text.contains("more than 100000 rows"))
      #expect(try client.send("GET", "\(Self.path)?group_by=day").status == 200)
    }
  }

  /// A spreadsheet takes what begins so for a formula.
  @Test func writesNoFormulaIntoATable() async throws {
    try await Self.rig().serve { port in
      let client = AccessClient(port: port).with(key: ControlRig.token)
      let query = "group_by=campaign,line_item,creative,exchange,size,day&advertiser=acme"
      let answer = try client.send("GET", "\(Self.path)?\(query)&format=csv")
      #expect(answer.status == 200)
      #expect(answer.header("Content-Type") == "text/csv; charset=utf-8; header=present")
      #expect(answer.header("X-Content-Type-Options") == "nosniff")
      let lines = answer.text.split(separator: "\r\n", omittingEmptySubsequences: false)
      #expect(lines.last == "")
      let rows = lines.dropLast().map(String.init)
      #expect(rows == Self.table)
      let accepted = try client.send("GET", Self.path, also: ["Accept: text/csv"])
      #expect(accepted.header("Content-Type")?.hasPrefix("text/csv") == true)
    }
  }

  private static let table = [
    "campaign,line_item,creative,exchange,size,day,currency,requests_matched,bids,wins,impressions,"
      + "clicks,spend_micros,late_micros,cpm_micros,ctr,win_rate,planned_micros,pacing",
    "'-k,'=1+1,'@SUM(A1),'+x,300x250,2026-11-23,USD,,200000,1,1,1,2500,0,2500999,1.0,0.000005,,",
    #"'-k,"a,""b",'@SUM(A1),'+x,300x250,2026-11-23,USD,,4,3,2,1,1,1,500,0.5,0.75,,"#,
  ]

  @Test func showsAKeyTheRowsOfItsAdvertisersAlone() async throws {
    try await Self.rig().serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      #expect(try root.send("GET", Self.path).list("totals").count == 2)
      let key = try root.makeKey("viewer", #"["acme"]"#).text
      let acme = AccessClient(port: port).with(key: key)
      for query in ["group_by=advertiser,line_item", "group_by=creative", "", "format=csv"] {
        let text = try acme.send("GET", "\(Self.path)?\(query)").text
        for foreign in ["zeta", "secret", "hidden", "EUR"] {
          #expect(!text.contains(foreign), "\(query): \(text)")
        }
      }
      let totals = try acme.send("GET", Self.path).list("totals")
      #expect(totals.compactMap { $0["spend_micros"] as? Int } == [2_501])
      #expect(totals.compactMap { $0["requests_matched"] as? Int } == [300_000])
      // What belongs to another is answered as what is not there.
      let none = try acme.send("GET", "\(Self.path)?advertiser=nobody").text
      #expect(try acme.send("GET", "\(Self.path)?advertiser=zeta").text == none)
      #expect(none.contains(#""rows":[],"totals":[]"#))
      let pacing = "/v1/advertisers/acme/campaigns/-k/pacing"
      #expect(try acme.send("GET", pacing).status == 200)
      for path in [
        "/v1/advertisers/zeta/campaigns/k/pacing", "/v1/advertisers/acme/campaigns/k/pacing",
      ] {
        #expect(try acme.send("GET", path).status == 404)
      }
      #expect(try AccessClient(port: port).send("GET", Self.path).status == 401)
    }
  }

  private static let ratios: [(Double, String)] = [
    (0, "0.0"), (1, "1.0"), (0.5, "0.5"), (5e-6, "0.000005"), (4e-7, "0.0"), (1 / 3, "0.333333"),
    (123_456.75, "123456.75"), (1e12, "1000000000000.0"), (-0.25, "-0.25"),
  ]

  @Test(arguments: ratios)
  func writesRatiosWithoutAnExponent(_ ratio: Double, _ text: String) {
    #expect(DeliveryColumns.text(ratio) == text)
  }
}
