import CampaignDocuments
import Foundation
import Testing

@testable import nod

@Suite struct ConfigurationTests {
  @Test func readsEveryKey() throws {
    let loaded = Samples.load(Samples.full)
    #expect(loaded.errorLines == [])
    let configuration = try #require(loaded.configuration)
    #expect(configuration.documents == ["examples/quickstart/acme.yaml"])
    #expect(configuration.bidder.publicURL == "http://127.0.0.1:8080")
    #expect(configuration.bidder.publicURLTLS == "https://127.0.0.1:8443")
    #expect(configuration.bidder.tls?.listen == ListenAddress(host: "127.0.0.1", port: 8443))
    #expect(configuration.audience.sources.map { $0.name } == ["aam", "optout"])
    #expect(configuration.audience.idSpaces == [IDSpaceConfiguration(name: "nod", format: .any)])
    #expect(configuration.currencies == ["EUR": 1_080_000_000])
    #expect(
      configuration.privacy.tcf
        == PrivacyConfiguration.TCF(
          vendorID: 9999, audiencePurposes: [1, 4], bidPurposes: [2], legitimateInterest: [2]))
  }

  @Test func defaultsAreThoseOfTheExample() throws {
    let text = """
      audience: {sources: [{name: aam, format: adobe-outbound, id_space: nod, segment_prefix: "aam:"},
        {name: optout, format: suppression}]}
      exchanges: [{name: example}]
      """
    var expected = try #require(Samples.load(Samples.full).configuration)
    expected.documents = []
    expected.bidder.publicURL = nil
    expected.bidder.publicURLTLS = nil
    expected.bidder.tls = nil
    expected.audience.idSpaces = []
    expected.currencies = [:]
    expected.privacy.tcf = nil
    #expect(Samples.load(text).configuration == expected)
    #expect(Samples.load("{}").configuration == Configuration())
    #expect(Configuration.load(path: nil, environment: [:]).configuration == Configuration())
  }

  @Test func namesKeysWithoutEffectInOneLine() {
    #expect(
      Samples.load(Samples.full).warningLines == [
        "n.yaml: warning: checked, but without effect yet: `bidder.tls`, `privacy.tcf`"
      ])
    #expect(Samples.load("data_dir: x").warningLines == [])
  }

  @Test(arguments: [
    ("auto", BidderConfiguration.Workers.auto), ("1", .count(1)), ("256", .count(256)),
  ])
  func readsWorkers(_ text: String, _ workers: BidderConfiguration.Workers) {
    let loaded = Samples.loadFull(replacing: "workers: auto", with: "workers: \(text)")
    #expect(loaded.configuration?.bidder.workers == workers)
  }

  @Test(arguments: [
    ("204", ExchangeConfiguration.NoBid.status204), ("\"204\"", .status204),
    ("empty-object", .emptyObject), ("empty-seatbid", .emptySeatBid), ("nbr", .nbr),
  ])
  func readsNoBidForms(_ text: String, _ form: ExchangeConfiguration.NoBid) {
    let loaded = Samples.loadFull(replacing: "no_bid: \"204\"", with: "no_bid: \(text)")
    #expect(loaded.configuration?.exchanges.first?.noBid == form)
  }

  @Test func readsSharesAndTimes() throws {
    let text = """
      audience: {max_invalid: 0.5%, poll_interval: 100ms}
      exchanges: [{name: a, deadline: 1s, network_margin: 0ms, notice_window: 30m}]
      notice_retention: 1h
      """
    let configuration = try #require(Samples.load(text).configuration)
    #expect(configuration.audience.maxInvalidPartsPerMillion == 5_000)
    #expect(configuration.audience.pollIntervalMilliseconds == 100)
    #expect(configuration.exchanges.first?.deadlineMilliseconds == 1_000)
    #expect(configuration.exchanges.first?.networkMarginMilliseconds == 0)
    #expect(configuration.exchanges.first?.noticeWindowMilliseconds == 1_800_000)
    #expect(configuration.noticeRetentionMilliseconds == 3_600_000)
  }

  @Test func takesGoogleKeys() {
    let key = "skU7Ax_NL5pPAFyKdkfZjZz2-VhIN8bjj1rVFOaJ_5o="
    let loaded = Samples.loadFull(
      replacing: "price_decoder: plain",
      with: "price_decoder: google\n    google_keys: {encryption: \(key), integrity: \(key)}")
    #expect(loaded.errorLines == [])
    #expect(loaded.configuration?.exchanges.first?.googleKeys?.integrity == key)
    let isWarned = loaded.warningLines.contains {
      $0.contains("`exchanges[].google_keys`, `exchanges[].price_decoder: google`")
    }
    #expect(isWarned)
  }

  @Test func sourcesOfOneTenantMayShareAPrefix() {
    let loaded = Samples.load(
      """
      audience:
        sources:
          - {name: web, format: adobe-outbound, id_space: nod, segment_prefix: "aam:"}
          - {name: app, format: adobe-outbound, id_space: ifa, segment_prefix: "aam:"}
      """)
    #expect(loaded.errorLines == [])
  }

  @Test func readsJSON() {
    let loaded = Configuration.load(text: #"{"data_dir": "d"}"#, name: "n.json")
    #expect(loaded.configuration?.dataDirectory == "d")
  }

  @Test func reportsUnreadableFiles() {
    let folder = FileManager.default.temporaryDirectory.path
    let missing = Configuration.load(path: "/no/such.yaml", environment: [:])
    #expect(missing.errorLines == ["/no/such.yaml: no such file"])
    let isFolder = Configuration.load(path: folder, environment: [:])
    #expect(isFolder.errorLines == ["\(folder): the file cannot be read"])
    #expect(isFolder.configuration == nil)
  }

  @Test(arguments: [
    ("127.0.0.1:8080", "127.0.0.1:8080"), ("0.0.0.0:0", "0.0.0.0:0"), ("[::1]:80", "[::1]:80"),
    ("[::]:8080", "[::]:8080"), ("[2001:db8::1]:65535", "[2001:db8::1]:65535"),
    ("[1:2:3:4:5:6:7:8]:1", "[1:2:3:4:5:6:7:8]:1"), ("localhost:8080", "127.0.0.1:8080"),
  ])
  func readsAddresses(_ text: String, _ described: String) {
    #expect(ListenAddress(text)?.description == described)
  }

  @Test(arguments: [
    "", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
    "127.0.0.1:+1", "127.0.0.1:000080", "127.0.0:80", "127.0.0.256:80", "127.0.0.01:80",
    "::1:80", "[::1]", "[::1:80", "[:::1]:80", "[1::2::3]:80", "[1:2:3:4:5:6:7]:80", "[12345::]:80",
    "[g::]:80", "bid.example:80", "127.0.0.1:8o", "[]:80", "[1:2:3:4:5:6:7:8:9]:80",
    "[1:2:3:4:5:6:7:8::]:80",
  ])
  func refusesAddresses(_ text: String) {
    #expect(ListenAddress(text) == nil)
  }
}
