import CampaignDocuments
import Testing

@Suite struct BadDocumentTests {
  /// A change of the small document and the errors it must bring.
  struct Case: CustomTestStringConvertible, Sendable {
    let old: String
    let new: String
    let errors: [String]

    init(_ old: String, _ new: String, _ errors: String...) {
      (self.old, self.new, self.errors) = (old, new, errors)
    }

    var testDescription: String { "\(old) → \(new)" }
  }

  private static let advertiser = Samples.advertiser
  private static let creative = Samples.creative
  private static let campaign = Samples.campaign
  private static let lineItem = Samples.lineItem
  private static let idRule = "is not an id: 1 to 64 of A–Z, a–z, 0–9, dot, underscore and hyphen"

  static let structure: [Case] = [
    Case(
      "advertisers:", "advertiser:",
      "d.yaml:1: /advertiser: unknown key `advertiser`; did you mean `advertisers`?",
      "d.yaml:1: missing key `advertisers`"),
    Case(
      "budget: {daily_micros: 1}", "buget: {daily_micros: 1}",
      "d.yaml:12: \(campaign): missing key `budget`",
      "d.yaml:13: \(campaign)/buget: unknown key `buget`; did you mean `budget`?"),
    Case(
      "creatives: [c]", "creatives: [c]\n            zebra: 1",
      "d.yaml:18: \(lineItem)/zebra: unknown key `zebra`"),
    Case(
      "creatives: [c]", "creatives: c",
      "d.yaml:17: \(lineItem)/creatives: expected a list, found `c`"),
    Case(
      "budget: {daily_micros: 1}", "budget: [1]",
      "d.yaml:13: \(campaign)/budget: expected a map, found a list"),
    Case(
      "id: l", "name: l",
      "d.yaml:15: \(lineItem): missing key `id`",
      "d.yaml:15: \(lineItem)/name: unknown key `name`"),
    Case("w: 300", "w: null", "d.yaml:5: \(creative): missing key `w`"),
  ]

  static let scalars: [Case] = [
    Case(
      "amount_micros: 1", "amount_micros: -5",
      "d.yaml:16: \(lineItem)/bid/amount_micros: "
        + "-5 is out of range; allowed is 1 to 1000000000000"),
    Case(
      "amount_micros: 1", "amount_micros: 2.5",
      "d.yaml:16: \(lineItem)/bid/amount_micros: "
        + "expected an integer, found `2.5`; write it in digits alone"),
    Case(
      "amount_micros: 1", "amount_micros: 1e6",
      "d.yaml:16: \(lineItem)/bid/amount_micros: "
        + "expected an integer, found `1e6`; write it in digits alone"),
    Case(
      "amount_micros: 1", "amount_micros: 5000000.0",
      "d.yaml:16: \(lineItem)/bid/amount_micros: "
        + "expected an integer, found `5000000.0`; write it in digits alone"),
    Case(
      "amount_micros: 1", "amount_micros: '1'",
      "d.yaml:16: \(lineItem)/bid/amount_micros: expected an integer, found the string \"1\""),
    Case(
      "amount_micros: 1", "amount_micros: 1_000",
      "d.yaml:16: \(lineItem)/bid/amount_micros: expected an integer, found `1_000`"),
    Case(
      "amount_micros: 1", "amount_micros: 010",
      "d.yaml:16: \(lineItem)/bid/amount_micros: expected an integer, found `010`"),
    Case(
      "amount_micros: 1", "amount_micros: 9223372036854775808",
      "d.yaml:16: \(lineItem)/bid/amount_micros: 9223372036854775808 does not fit 64 bits; "
        + "allowed is 1 to 1000000000000"),
    Case(
      "daily_micros: 1", "daily_micros: -1",
      "d.yaml:13: \(campaign)/budget/daily_micros: "
        + "-1 is out of range; allowed is 0 to 9200000000000000"),
    Case(
      "daily_micros: 1", "daily_micros: 9200000000000001",
      "d.yaml:13: \(campaign)/budget/daily_micros: "
        + "9200000000000001 is out of range; allowed is 0 to 9200000000000000"),
    Case(
      "model: cpm", "model: cpn",
      "d.yaml:16: \(lineItem)/bid/model: "
        + "`cpn` is not one of cpm, cpc, cpa; did you mean `cpm`?"),
    Case(
      "w: 300", "w: 0",
      "d.yaml:7: \(creative)/w: 0 is out of range; allowed is 1 to 16384"),
    Case(
      "landing_url: https://a.example/", "secure: yes\n        landing_url: https://a.example/",
      "d.yaml:10: \(creative)/secure: expected true or false, found `yes`"),
    Case("id: a", "id: true", "d.yaml:2: \(advertiser)/id: expected a string, found `true`"),
  ]

  static let values: [Case] = [
    Case("id: a", "id: a b", "d.yaml:2: \(advertiser)/id: `a b` \(idRule)"),
    Case("id: a", "id: ''", "d.yaml:2: \(advertiser)/id: `` \(idRule)"),
    Case(
      "domain: a.example", "domain: https://a.example/",
      "d.yaml:3: \(advertiser)/domain: "
        + "`https://a.example/` is not a domain such as shop.example"),
    Case(
      "domain: a.example", "domain: a.example\n    currency: usd",
      "d.yaml:4: \(advertiser)/currency: "
        + "`usd` is not a currency code of ISO 4217; did you mean `USD`?"),
    Case(
      "format: banner", "format: video",
      "d.yaml:6: \(creative)/format: the format `video` is not supported yet; only banner is"),
    Case(
      "format: banner", "format: baner",
      "d.yaml:6: \(creative)/format: `baner` is not one of banner; did you mean `banner`?"),
    Case("markup: <p>buy</p>", "markup: ' '", "d.yaml:9: \(creative)/markup: empty"),
    Case(
      "landing_url: https://a.example/", "landing_url: ftp://a.example/",
      "d.yaml:10: \(creative)/landing_url: "
        + "`ftp://a.example/` is not a URL that starts with https:// or http://"),
    Case(
      "budget: {daily_micros: 1}", "budget: {}",
      "d.yaml:13: \(campaign)/budget: a campaign needs `total_micros`, `daily_micros` or both"),
    Case(
      "id: k", "id: k\n        timezone: Mars/Olympus",
      "d.yaml:13: \(campaign)/timezone: "
        + "unknown time zone `Mars/Olympus`; write one such as Europe/Paris"),
    Case(
      "id: k",
      "id: k\n        flight: {start: 2026-02-01T00:00:00Z, end: 2026-01-01T00:00:00Z}",
      "d.yaml:13: \(campaign)/flight/end: the end is not after the start"),
    Case(
      "id: k", "id: k\n        flight: {start: 2026-02-01}",
      "d.yaml:13: \(campaign)/flight/start: `2026-02-01` is not an instant; "
        + "write date, time and offset as in 2026-01-01T00:00:00Z or …T00:00:00+01:00"),
    Case(
      "id: k", "id: k\n        frequency_caps: [{impressions: 0, per: 30s}, {per: 5}]",
      "d.yaml:13: \(campaign)/frequency_caps/0/impressions: "
        + "0 is out of range; allowed is 1 to 65535",
      "d.yaml:13: \(campaign)/frequency_caps/0/per: `30s` is out of range; allowed is 1m to 90d",
      "d.yaml:13: \(campaign)/frequency_caps/1: missing key `impressions`",
      "d.yaml:13: \(campaign)/frequency_caps/1/per: "
        + "expected a duration such as 30m, 1h or 7d, found `5`"),
    Case(
      "model: cpm", "model: cpa",
      "d.yaml:16: \(lineItem)/bid: missing key `prior_ctr`, which this model needs",
      "d.yaml:16: \(lineItem)/bid: missing key `prior_cvr`, which this model needs"),
    Case(
      "model: cpm", "prior_ctr: 1.5, model: cpc",
      "d.yaml:16: \(lineItem)/bid/prior_ctr: 1.5 is out of range; allowed is 0.000001 to 1"),
    Case(
      "model: cpm", "prior_ctr: 0.0000001, model: cpc",
      "d.yaml:16: \(lineItem)/bid/prior_ctr: 0.0000001 has more than 6 decimals or is too large"),
  ]

  static let references: [Case] = [
    Case(
      "creatives: [c]", "creatives: []",
      "d.yaml:17: \(lineItem)/creatives: no usable creative: the list is empty"),
    Case(
      "\n            creatives: [c]", "",
      "d.yaml:15: \(lineItem): no usable creative: the key `creatives` is missing"),
    Case(
      "creatives: [c]", "creatives: [c, banner]",
      "d.yaml:17: \(lineItem)/creatives/1: unknown creative `banner`"),
    Case(
      "domain: a.example", "domain: a.example\n    seats: {exampel: s}",
      "d.yaml:4: \(advertiser)/seats/exampel: "
        + "unknown exchange `exampel`; did you mean `example`?"),
    Case(
      "w: 300", "w: 300\n        exchange_ids: {nowhere: 7}",
      "d.yaml:8: \(creative)/exchange_ids/nowhere: unknown exchange `nowhere`"),
    Case(
      "creatives: [c]",
      "creatives: [c]\n          - {id: l, bid: {model: cpm, amount_micros: 1}, creatives: [c]}",
      "d.yaml:18: /advertisers/0/campaigns/0/line_items/1/id: "
        + "repeated line item id `l`, first on line 15"),
  ]

  @Test(arguments: structure + scalars + values + references)
  func reportsEveryProblemAtItsPlace(_ bad: Case) {
    let set = Samples.loadSmall(replacing: bad.old, with: bad.new)
    #expect(set.errorLines.sorted() == bad.errors.sorted())
    #expect(set.isRejected)
    #expect(set.advertisers.isEmpty)
  }

  @Test func reportsProblemsOfAllPartsAtOnce() {
    let text = Samples.small.replacing("w: 300", with: "w: -1")
      .replacing("amount_micros: 1", with: "amount_micros: x")
      .replacing("id: k", with: "id: k\n        staus: active")
    #expect(
      Samples.load(text).problems.filter { $0.severity == .error }.map { $0.pointer } == [
        "\(Samples.creative)/w", "\(Samples.campaign)/staus",
        "\(Samples.lineItem)/bid/amount_micros",
      ])
  }
}
