import AuctionTypes
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

struct BlockTests {
  private func reason(
    _ advertiser: Advertiser, banner: String = #""w":300,"h":250"#, _ members: String
  )
    -> NoBidReason?
  {
    Engine([advertiser]).answer(Samples.request(banner: banner, members)).reason
  }

  @Test(arguments: [
    (["IAB25-3"], #""bcat":["IAB25-3"]"#, true), (["IAB25-3"], #""bcat":["IAB25"]"#, true),
    (["IAB25-3"], #""bcat":["iab25"]"#, true), (["IAB25"], #""bcat":["IAB25-3"]"#, false),
    (["IAB25-3"], #""bcat":["IAB2","IAB25-33","IAB25-"]"#, false),
    (["IAB1", "IAB25-3"], #""bcat":["IAB7","IAB25"]"#, true), ([], #""bcat":["IAB25"]"#, false),
    (["IAB25"], #""bcat":["IAB25"],"cattax":1"#, true),
    (["IAB25"], #""bcat":["IAB25"],"cattax":2"#, false),
    (["IAB25"], #""bcat":["IAB25"],"cattax":6"#, false), (["IAB25"], #""bcat":"IAB25""#, true),
    (["IAB25"], #""bcat":null"#, false),
    (["IAB1"], #""acat":["IAB1"]"#, false), (["IAB1-2"], #""acat":["IAB1"]"#, false),
    (["IAB1"], #""acat":["IAB1-2"]"#, true), (["IAB1", "IAB2"], #""acat":["IAB1"]"#, true),
    (["IAB1", "IAB2"], #""acat":["iab1","IAB2"]"#, false), ([], #""acat":["IAB1"]"#, true),
    (["IAB1"], #""acat":["IAB2"],"cattax":2"#, false),
  ])
  func categoriesAreBlockedWithThoseBelow(
    categories: [String], members: String, isBlocked: Bool
  ) {
    let advertiser = Samples.advertiser(categories: categories)
    #expect(reason(advertiser, members) == (isBlocked ? .blockedCategory : nil))
  }

  @Test(arguments: [
    ("acme.example", #""badv":["acme.example"]"#, true),
    ("shop.acme.example", #""badv":["acme.example"]"#, true),
    ("acme.example", #""badv":["ACME.Example"]"#, true),
    ("acme.example", #""badv":["shop.acme.example"]"#, false),
    ("notacme.example", #""badv":["acme.example"]"#, false),
    ("acme.example", #""badv":["other.example","acme.example"]"#, true),
    ("acme.example", #""badv":["",null,7]"#, false),
  ])
  func advertisersAreBlockedWithTheirSubdomains(
    domain: String, members: String, isBlocked: Bool
  ) {
    let advertiser = Samples.advertiser(domain: domain)
    #expect(reason(advertiser, members) == (isBlocked ? .blockedAdvertiser : nil))
  }

  @Test(arguments: [
    ("https://play.google.com/store/apps/details?id=com.acme", #""bapp":["com.acme"]"#, true),
    ("https://play.google.com/store/apps/details?id=com.acme", #""bapp":["COM.ACME"]"#, true),
    ("https://play.google.com/store/apps/details?id=com.acme", #""bapp":["com.acm"]"#, false),
    ("https://apps.apple.com/app/id1480035812", #""bapp":[1480035812]"#, true),
    ("https://a.example/", #""bapp":["com.acme"]"#, false),
  ])
  func appsThatAreAdvertisedAreBlocked(landing: String, members: String, isBlocked: Bool) {
    let advertiser = Samples.advertiser(creatives: [Samples.creative(landingURL: landing)])
    #expect(reason(advertiser, members) == (isBlocked ? .blockedApp : nil))
  }

  @Test(arguments: [
    ([13], "<p>", #""battr":[13]"#, true), ([13], "<p>", #""battr":["13"]"#, true),
    ([13], "<p>", #""battr":[1,14]"#, false), ([1, 2], "<p>", #""battr":[2]"#, true),
    ([], "<p>", #""battr":[13]"#, false), ([510], "<p>", #""battr":[510]"#, true),
    ([510], "<p>", #""battr":[511,64]"#, false), ([64], "<p>", #""battr":[64]"#, true),
    ([], "<p>", #""btype":[2]"#, true), ([], "<p>", #""btype":[1,3,4]"#, false),
    ([], "<script src=x>", #""btype":[3]"#, true), ([], "<IFRAME>", #""btype":[4]"#, true),
    ([], "<script>", #""btype":[2,4]"#, false),
    ([], "<p>", #""mimes":["text/html"]"#, false), ([], "<p>", #""mimes":["IMAGE/PNG"]"#, false),
    ([], "<p>", #""mimes":["application/x-shockwave-flash"]"#, true),
    ([], "<p>", #""mimes":[]"#, false), ([], "<p>", #""mimes":["image/"]"#, true),
  ])
  func bannersBlockAttributesAndTypes(
    attributes: [Int], markup: String, banner: String, isBlocked: Bool
  ) {
    let advertiser = Samples.advertiser(
      creatives: [Samples.creative(markup: markup, attributes: attributes)])
    let found = reason(advertiser, banner: #""w":300,"h":250,\#(banner)"#, "")
    #expect(found == (isBlocked ? .blockedAttribute : nil))
  }

  @Test func anotherCreativeOfTheLineItemTakesThePlace() throws {
    let engine = Engine([
      Samples.advertiser(
        creatives: [Samples.creative("c", attributes: [13]), Samples.creative("d")],
        [Samples.lineItem(creatives: ["c", "d"])])
    ])
    for _ in 0..<20 {
      let bids = try engine.answer(
        Samples.request(banner: #""w":300,"h":250,"battr":[13]"#)
      ).bids()
      #expect(bids.map(\.creative) == ["d"])
    }
  }

  @Test func creativesThatFitTakeTurns() throws {
    let engine = Engine([
      Samples.advertiser(
        creatives: ["c", "d", "e"].map { Samples.creative($0) },
        [Samples.lineItem(creatives: ["c", "d", "e"])])
    ])
    var counts: [String: Int] = [:]
    for _ in 0..<300 {
      counts[try #require(engine.answer(Samples.request()).bids().first).creative, default: 0] += 1
    }
    #expect(counts.count == 3)
    #expect(counts.values.allSatisfy { $0 > 60 })
  }

  @Test(arguments: [
    ([:], #""wseat":["nod"]"#, false), ([:], #""wseat":["x"]"#, true),
    ([:], #""wseat":["NOD"]"#, true), ([:], #""bseat":["nod"]"#, true),
    ([:], #""bseat":["x"]"#, false), (["example": "s7"], #""wseat":["s7"]"#, false),
    (["example": "s7"], #""wseat":["nod"]"#, true), (["example": "s7"], #""bseat":["nod"]"#, false),
    (["example": "s7"], #""bseat":["s7"]"#, true), (["other": "s7"], #""wseat":["s7"]"#, true),
    ([:], #""wseat":[]"#, false), ([:], #""wseat":null"#, false),
  ])
  func seatsAreThoseOfTheExchangeOrTheAdvertiser(
    seats: [String: String], members: String, isBlocked: Bool
  ) {
    #expect(reason(Samples.advertiser(seats: seats), members) == (isBlocked ? .seat : nil))
  }

  @Test func bidsAreGroupedBySeat() throws {
    let engine = Engine(
      [
        Samples.advertiser("a", seats: ["example": "s"], [Samples.lineItem(cpm: 4_000_000)]),
        Samples.advertiser("b", [Samples.lineItem(cpm: 3_000_000)]),
        Samples.advertiser("c", seats: ["example": "s"], [Samples.lineItem(cpm: 2_000_000)]),
        Samples.advertiser("d", seats: ["example": "nod"], [Samples.lineItem(cpm: 1_000_000)]),
      ], exchanges: [ExchangeRules(name: "example", bidsPerImpression: 4)])
    let bids = try engine.answer(Samples.request()).bids()
    #expect(bids.map(\.seat) == ["s", "s", "nod", "nod"])
    #expect(bids.map(\.priceMicros) == [4_000_000, 2_000_000, 3_000_000, 1_000_000])
  }
}
