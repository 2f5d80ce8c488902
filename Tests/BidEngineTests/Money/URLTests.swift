import AuctionTypes
import BudgetLedger
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

/// The URLs that a bid carries, and what they tell when they come back.
struct URLTests {
  private static let rules = BiddingRules(
    publicURL: "http://bid.example:8080/", publicURLTLS: "https://s.bid.example/x")

  private func bid(
    _ engine: Engine, _ request: String = Samples.request(), exchange: Int = 0
  ) throws -> Answer.Bid {
    try #require(engine.answer(request, exchange: exchange).bids().first)
  }

  @Test(arguments: [
    ("", "http://bid.example:8080/n/"), (#""secure":0"#, "http://bid.example:8080/n/"),
    (#""secure":1"#, "https://s.bid.example/x/n/"),
  ])
  func everyURLHasThePrefixOfItsImpression(imp: String, prefix: String) throws {
    let engine = Engine([Samples.advertiser()], rules: Self.rules)
    let bid = try bid(engine, Samples.request(imp: imp))
    let urls = bid.notices + bid.urls
    #expect(urls.count == 5)
    for url in urls { #expect(url.hasPrefix(prefix), "\(url)") }
  }

  @Test func everyURLIsOfItsOwnKindAndNamesTheMacrosOfIt() throws {
    let engine = Engine([Samples.advertiser()])
    let bid = try bid(engine)
    let urls = bid.notices + bid.urls
    let kinds = urls.map { engine.purse.read($0)?.kind }
    #expect(kinds == [.win, .billing, .loss, .click, .pixel])
    let queries = urls.map { String($0.drop { $0 != "?" }) }
    #expect(
      queries == [
        "?p=${AUCTION_PRICE}", "?p=${AUCTION_PRICE}",
        "?p=${AUCTION_PRICE}&r=${AUCTION_LOSS}&m=${AUCTION_MIN_TO_WIN}", "",
        "?p=${AUCTION_PRICE}",
      ])
    #expect(Set(urls.compactMap { engine.purse.read($0)?.token }).count == 1)
  }

  @Test(arguments: [
    ("<a href=\"${CLICK_URL}\">\\ \"\n</a>", 1), ("none", 0), ("${CLICK_URL}", 1),
    ("${CLICK_URL}${CLICK_URL}é🙂\u{1}<a href='${CLICK_URL}'>${AUCTION_PRICE}", 3),
  ])
  func eachClickMacroBecomesTheClickURLAndAPixelFollows(markup: String, clicks: Int) throws {
    let engine = Engine([Samples.advertiser(creatives: [Samples.creative(markup: markup)])])
    let bid = try bid(engine)
    let pixel = try #require(bid.pixel)
    #expect(engine.purse.read(pixel)?.kind == .pixel)
    let image =
      "<img src=\"\(pixel)\" width=\"1\" height=\"1\" alt=\"\" style=\"display:none\">"
    let parts = markup.components(separatedBy: "${CLICK_URL}")
    #expect(parts.count == clicks + 1)
    var rest = Substring(bid.markup)
    for (index, part) in parts.enumerated() {
      #expect(rest.hasPrefix(part))
      rest = rest.dropFirst(part.count)
      guard index < clicks else { break }
      let url = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_/:.".contains($0)) }
      let click = try #require(url.range(of: "/n/c/")).lowerBound
      let path = url[click...].prefix(5 + 64 + 8)
      #expect(engine.purse.read(String(path))?.kind == .click)
      rest = rest[path.endIndex...]
    }
    #expect(rest == image)
  }

  @Test func theTokenSaysWhatWasBid() throws {
    let exchanges = [
      ExchangeRules(name: "other"),
      ExchangeRules(name: "example", noticeWindowSeconds: 77, billOn: .pixel),
    ]
    let engine = Engine(
      [
        Samples.advertiser(
          creatives: [Samples.creative("x"), Samples.creative("y", width: 728, height: 90)],
          zone: "Asia/Tokyo", [Samples.lineItem(cpm: 2_500_000, creatives: ["y"])])
      ], exchanges: exchanges)
    let time = WallTime(milliseconds: Samples.monday.milliseconds + 3_600_000 * 4)
    let answer = engine.answer(
      Samples.request(banner: #""w":728,"h":90"#), exchange: 1, at: time, sequence: 41)
    let bid = try #require(answer.bids().first)
    #expect(bid.id == "00000000feedbeef0300000000000029")
    let token = try #require(engine.purse.read(bid.notices[0])?.token)
    let expected = NoticeToken(
      bid: BidNumber(boot: Engine.boot, worker: 3, sequence: 41), madeAt: time,
      account: try #require(engine.numbers.accounts["a/k/l"]),
      creative: try #require(engine.numbers.creatives["a/y"]),
      exchange: try #require(engine.numbers.exchanges["example"]),
      size: Size(width: 728, height: 90), price: CPM(micros: 2_500_000), currency: .usd,
      rates: .same, day: LocalDay(rawValue: 20_515), windowSeconds: 77, isTest: false,
      billOn: .pixel)
    #expect(token == expected)
    #expect(answer.events.map(\.token) == [expected])
  }

  @Test(
    arguments: [
      (60, "", 60), (60, #""exp":300"#, 300), (60, #""exp":59"#, 60), (60, #""exp":-5"#, 60),
      (60, #""exp":86400"#, 86_400), (60, #""exp":86401"#, 86_400), (1_800, "", 1_800),
      (90_000, "", 86_400),
    ] as [(Int, String, Int)])
  func theWindowIsTheLongerOfTheExchangesAndTheImpressions(
    window: Int, imp: String, seconds: Int
  ) throws {
    for sendsExpiry in [true, false] {
      let exchange = ExchangeRules(
        name: "example", noticeWindowSeconds: window, sendsExpiry: sendsExpiry)
      let engine = Engine([Samples.advertiser()], exchanges: [exchange])
      let answer = engine.answer(Samples.request(imp: imp))
      let bid = try #require(answer.bids().first)
      #expect(bid.expiry == (sendsExpiry ? seconds : nil))
      #expect(engine.purse.read(bid.notices[0])?.token.windowSeconds == UInt32(seconds))
      #expect(answer.reservations.map(\.windowSeconds) == [UInt32(seconds)])
    }
  }

  @Test func theCatalogLeavesRoomForTheLongestURL() {
    #expect(
      NoticeSigner.longestPath + NoticeQuery.longestText <= CatalogLimits.noticePathBytes)
  }
}
