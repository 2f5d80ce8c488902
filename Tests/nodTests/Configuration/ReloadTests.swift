import AuctionTypes
import AudienceIndex
import Testing

@testable import nod

@Suite struct ReloadTests {
  private static func configuration(_ text: String) throws -> Configuration {
    try #require(Samples.load(text).configuration)
  }

  @Test func keepsWhatARunningServerCannotChange() throws {
    let running = try Self.configuration("exchanges: [{name: a}, {name: b}]")
    let changed = try Self.configuration(
      """
      data_dir: other
      bidder: {listen: "127.0.0.1:1", workers: 3, max_body_bytes: 5, busy_poll_us: 9,
        notice_key_file: other}
      notice_retention: 1d
      control: {listen: "127.0.0.1:2"}
      audience: {inbox: other}
      exchanges: [{name: a, no_bid: nbr, id_space: t, seat: s}, {name: b, test_header: true}]
      """)
    let (merged, kept) = changed.merged(intoRunning: running)
    #expect(
      kept == [
        "data_dir", "bidder.listen", "bidder.workers", "bidder.max_body_bytes",
        "bidder.busy_poll_us", "bidder.notice_key_file", "notice_retention", "control.listen",
        "audience",
        "exchanges[0].no_bid", "exchanges[0].id_space", "exchanges[1].test_header",
      ])
    var expected = running
    expected.exchanges[0].seat = "s"
    #expect(merged == expected)
  }

  @Test func takesOverTheRest() throws {
    let running = try Self.configuration("exchanges: [{name: a}]")
    let changed = try Self.configuration(
      """
      documents: [x.yaml]
      bidder: {public_url_tls: "https://a.example"}
      exchanges: [{name: a, seat: s, deadline: 1s, network_margin: 5ms, ping: id-only,
        price_decimals: 2, bids_per_imp: 3, notice_window: 5s, send_exp: true, bill_on: nurl}]
      currencies: {EUR: 1.5}
      privacy: {without_consent: no-bid, gdpr_default: 0}
      """)
    let (merged, kept) = changed.merged(intoRunning: running)
    #expect(kept == [])
    #expect(merged == changed)
  }

  @Test(arguments: ["[{name: b}]", "[{name: a}, {name: b}]", "[]"])
  func keepsTheListOfExchanges(_ exchanges: String) throws {
    let running = try Self.configuration("exchanges: [{name: a, seat: s}]")
    let changed = try Self.configuration("exchanges: \(exchanges)")
    let (merged, kept) = changed.merged(intoRunning: running)
    #expect(kept == ["exchanges"])
    #expect(merged == running)
  }

  @Test func translatesForTheBidPath() throws {
    let configuration = try #require(Samples.load(Samples.full).configuration)
    let rules = try #require(configuration.exchangeRules.first)
    #expect(rules.name == "example")
    #expect(rules.idSpace == "example")
    #expect(rules.deadlineMilliseconds == 100)
    #expect(rules.networkMarginMilliseconds == 10)
    #expect(!rules.acceptsPing)
    #expect(rules.noticeWindowSeconds == 60)
    #expect(!rules.sendsExpiry)
    #expect(rules.billOn == .billing)
    let bidding = configuration.biddingRules(port: 1)
    #expect(bidding.hasSecureURL)
    #expect(bidding.bidsWithoutConsent)
    #expect(bidding.assumesGDPR)
    #expect(bidding.publicURL == "http://127.0.0.1:8080")
    #expect(Configuration().biddingRules(port: 81).publicURL == "http://127.0.0.1:81")
    #expect(configuration.rates == [CurrencyCode("EUR")!: 1_080_000_000])
    #expect(configuration.ingestSources.map { $0.name } == ["aam", "optout"])
    #expect(configuration.ingestSources.map { $0.segmentPrefix } == ["aam:", ""])
    #expect(configuration.sourceSpaces == [IDSpace(name: "nod")])
    #expect(configuration.allSpaces == [IDSpace(name: "nod"), .ifa, IDSpace(name: "example")])
  }

  @Test func listsEachSpaceOnce() throws {
    let configuration = try Self.configuration(
      """
      audience:
        id_spaces: [{name: uid, id_format: uuid}]
        sources:
          - {name: a, format: adobe-outbound, id_space: uid, segment_prefix: "a:"}
          - {name: b, format: adobe-outbound, id_space: ifa, segment_prefix: "b:"}
          - {name: c, format: adobe-outbound, id_space: ifa, segment_prefix: "c:"}
      """)
    #expect(configuration.sourceSpaces == [IDSpace(name: "uid", format: .uuid), .ifa])
  }
}
