import Testing

@testable import quickstart

@Suite struct SummaryTests {
  @Test func groupsDigitsByThree() {
    for (number, text) in [
      (0, "0"), (999, "999"), (1_000, "1,000"), (123_456, "123,456"), (1_234_567, "1,234,567"),
    ] { #expect(Table.grouped(number) == text) }
  }

  @Test func tablesStandInColumns() {
    let table = Table(
      title: "Things",
      rows: [
        Table.Row("short", "1"), Table.Row("a label of thirty characters!!", "12", note: "of 13"),
        Table.Row("wide", "1,234,567,890"),
      ])
    let spaces = String(repeating: " ", count: 25)
    #expect(
      table.text == """
        Things
          short \(spaces)            1
          a label of thirty characters!!            12 of 13
          wide  \(spaces)1,234,567,890

        """)
  }

  @Test func printsWhatCameOfIt() throws {
    var tally = Tally()
    for reason in ["floor", "geo", "floor"] {
      let request = try Samples.request(expecting: Samples.refusal(reason))
      tally.count(Samples.answer(204, reason: reason), to: request)
    }
    tally.notices = Notices(
      counts: [("billed", 3), ("lost", 1)], paidNanos: ["spring": 4_200_999, "always": 0])
    for value in 1...200 { tally.latencies.add(UInt64(value) * 1_000) }
    let summary = Summary(
      tally: tally, reports: [try Samples.report(file: "f.sync", received: 4_000, stored: 3_999)],
      audience: Summary.Audience(users: 3_000, memberships: 9_000, bytes: 77_777),
      spend: Spend(tally.notices) { $0 == "spring" ? 4_200 : 1 })
    #expect(
      summary.text == """

        Audience files
          aam/f.sync                     3,999 of 4,000 lines

        Audience
          users                          3,000
          memberships                    9,000
          bytes                         77,777 25.9 a user

        Bid requests
          requests                           3 each answered as expected
          bids                               0
          no-bids                            3
            floor                            2
            geo                              1

        Notices of these bids
          billed                             3
          lost                               1

        Spend by campaign, in micros of USD
          always                             1 but 0 charged
          spring                         4,200 as charged

        Latency of 200 more, one at a time over 8 connections
          p50                              100 µs
          p99                              198 µs

        """)
  }

  @Test func anEmptyIndexHasNoBytesAUser() {
    let summary = Summary(
      tally: Tally(), reports: [],
      audience: Summary.Audience(users: 0, memberships: 0, bytes: 12),
      spend: Spend(Notices()) { _ in 0 })
    #expect(summary.text.contains("12 0.0 a user"))
  }

  @Test func invitesWithACommandOfOneLine() throws {
    let summary = Summary(
      tally: Tally(), reports: [], audience: Summary.Audience(users: 0, memberships: 0, bytes: 0),
      spend: Spend(Notices()) { _ in 0 })
    let text = try summary.invitation(
      Samples.request(expecting: Samples.refusal("geo")), body: "var/request.json",
      endpoints: Endpoints(environment: [:]))
    let command = try #require(text.split(separator: "\n").first { $0.contains("data-binary") })
    #expect(
      command == "  curl -i --data-binary @var/request.json "
        + "-H 'Content-Type: application/json' http://127.0.0.1:8080/openrtb2/example")
  }

  @Test func readsSeriesOfMetrics() throws {
    let metrics = Metrics(
      """
      # HELP nod_audience_users Users.
      nod_audience_users 4200
      nod_bids_total{exchange="a b"} 7
      nod_audience_bytes 1.5e6
      """)
    #expect(try metrics.value("nod_audience_users") == 4_200)
    #expect(try metrics.value("nod_bids_total{exchange=\"a b\"}") == 7)
    #expect(try metrics.value("nod_audience_bytes") == 1_500_000)
    #expect(throws: Failure.self) { try metrics.value("nod_audience") }
    #expect(throws: Failure.self) { try metrics.spendMicros(ofCampaign: "spring") }
  }
}
