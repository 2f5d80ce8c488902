import Foundation
import Testing

@Suite struct ReportCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("k-secret\n", to: "control.token")
  }

  private static let report = """
    {"from":null,"to":null,"group_by":["campaign","day"],"rows":[\
    {"campaign":"acme-spring","day":"2026-11-23","currency":"USD","requests_matched":1000,\
    "bids":500,"wins":250,"impressions":240,"clicks":3,"spend_micros":600000,"late_micros":0,\
    "cpm_micros":2500000,"ctr":0.0125,"win_rate":0.5,"planned_micros":1000000,"pacing":0.6},\
    {"campaign":"b","day":"2026-11-23","currency":"USD","requests_matched":1,"bids":0,"wins":0,\
    "impressions":0,"clicks":0,"spend_micros":0,"late_micros":0,"cpm_micros":null,"ctr":null,\
    "win_rate":null,"planned_micros":null,"pacing":null}],"totals":[\
    {"currency":"USD","requests_matched":1001,"bids":500,"wins":250,"impressions":240,"clicks":3,\
    "spend_micros":600000,"late_micros":0,"cpm_micros":2500000,"ctr":0.0125,"win_rate":0.5,\
    "planned_micros":null,"pacing":null}],"complete_until":"2026-11-23T14:00:00Z"}
    """

  private func report(
    _ server: CannedServer, _ arguments: String...
  ) throws -> NodProcess.Outcome {
    try NodProcess.run(["report", "--server", server.url] + arguments, in: folder)
  }

  @Test func printsAnAlignedTable() throws {
    let server = try CannedServer("200 OK", Self.report)
    let outcome = try report(server, "--by", "campaign,day")
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        campaign     day              matched  bids  wins  win rate  impressions  clicks    CTR  \
        spend   CPM  planned  pacing
        acme-spring  2026-11-23  USD     1000   500   250    50.00%          240       3  1.25%  \
         0.60  2.50     1.00  60.00%
        b            2026-11-23  USD        1     0     0         -            0       0      -  \
         0.00     -        -       -
        total                    USD     1001   500   250    50.00%          240       3  1.25%  \
         0.60  2.50        -       -
        complete until 2026-11-23T14:00:00Z

        """)
  }

  @Test func asksForWhatWasSaid() throws {
    let server = try CannedServer("200 OK", Self.report)
    _ = try report(server)
    _ = try report(
      server, "--by", "line-item, size", "--from", "2026-11-01", "--to", "2026-12-01",
      "--advertiser", "a&b", "--line-item", "l", "--json")
    _ = try report(server, "--by", "", "--csv", "--campaign", "k")
    #expect(
      server.requests.map { $0.line } == [
        "GET /v1/reports/delivery?group_by=campaign&format=json",
        "GET /v1/reports/delivery?group_by=line_item%2Csize&from=2026-11-01&to=2026-12-01"
          + "&advertiser=a%26b&line_item=l&format=json",
        "GET /v1/reports/delivery?campaign=k&format=csv",
      ])
  }

  @Test func handsJSONAndCSVThrough() throws {
    let server = try CannedServer("200 OK", Self.report)
    #expect(try report(server, "--json").output == Self.report + "\n")
    let csv = try CannedServer("200 OK", "campaign,bids\nk,1\n")
    #expect(try report(csv, "--csv").output == "campaign,bids\nk,1\n")
  }

  @Test func saysThatNothingWasDelivered() throws {
    let server = try CannedServer("200 OK", #"{"group_by":[],"rows":[],"totals":[]}"#)
    #expect(try report(server).output == "nothing was delivered\n")
  }

  @Test(arguments: [
    ["--by", "campain"], ["--from", "yesterday"], ["--to", "2026-02-30"], ["--csv", "--json"],
  ])
  func exitsWith64ForWrongArguments(_ arguments: [String]) throws {
    let outcome = try NodProcess.run(["report"] + arguments, in: folder)
    #expect(outcome.status == 64)
  }

  @Test func exitsByWhatTheServerSays() throws {
    let forbidden = try CannedServer("403 Forbidden", #"{"detail":"Not this advertiser."}"#)
    #expect(try report(forbidden).status == 77)
    #expect(try report(forbidden).errors == "\(forbidden.url): 403: Not this advertiser.\n")
    let page = try CannedServer("200 OK", "[]")
    #expect(try report(page).status == 69)
  }
}
