import AuctionTypes
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

struct ImpressionTests {
  @Test(
    arguments: [
      (#""w":300,"h":250"#, nil), (#""w":"300","h":250.0"#, nil),
      (#""format":[{"w":728,"h":90},{"w":300,"h":250}]"#, nil),
      (#""format":[{"w":728,"h":90}],"w":300,"h":250"#, .size),
      (#""format":[],"w":300,"h":250"#, nil), (#""format":null,"w":300,"h":250"#, nil),
      (#""format":[{"wratio":16,"hratio":9,"wmin":100}],"w":300,"h":250"#, nil),
      (#""format":[{"wratio":16,"hratio":9,"wmin":100}]"#, .size), ("", .size),
      (#""w":300"#, .size), (#""w":250,"h":300"#, .size), (#""w":0,"h":0"#, .size),
    ] as [(String, NoBidReason?)])
  func aCreativeFitsOnlyASizeThatIsOffered(banner: String, reason: NoBidReason?) {
    let answer = Engine([Samples.advertiser()]).answer(Samples.request(banner: banner))
    #expect(answer.reason == reason)
  }

  @Test func choosesACreativeOfTheSizeOffered() throws {
    let engine = Engine([
      Samples.advertiser(
        creatives: [
          Samples.creative("c"), Samples.creative("d", width: 728, height: 90),
          Samples.creative("e", width: 320, height: 50),
        ], [Samples.lineItem(creatives: ["c", "d", "e"])])
    ])
    for _ in 0..<20 {
      let bids = try engine.answer(
        Samples.request(banner: #""format":[{"w":728,"h":90},{"w":320,"h":50}]"#)
      ).bids()
      let sizes = bids.map { "\($0.width)x\($0.height)" }
      #expect(sizes == ["728x90"] || sizes == ["320x50"])
    }
  }

  @Test(
    arguments: [
      (#""imp":[{"id":"1"}]"#, .format), (#""imp":[{"id":"1","banner":null}]"#, .format),
      (#""imp":[{"id":"1","banner":[]}]"#, .format),
      (#""imp":[{"id":"1","video":{"mimes":["video/mp4"]}}]"#, .format),
      (#""imp":[{"id":"1","video":{}},{"id":"2","banner":{"w":300,"h":250},"secure":1}]"#, .secure),
      (#""imp":[{"id":"1","banner":{"w":300,"h":250},"video":{}}]"#, nil),
    ] as [(String, NoBidReason?)])
  func onlyBannersAreBidOn(imp: String, reason: NoBidReason?) {
    let engine = Engine([Samples.advertiser()])
    #expect(engine.answer(#"{"id":"r",\#(imp)}"#).reason == reason)
  }

  @Test(
    arguments: [
      // hasSecureURL, isSecure, secure, reason
      (false, true, "1", .secure), (false, true, "0", nil), (true, true, "1", nil),
      (true, false, "1", .insecureMarkup), (true, false, "0", nil), (false, true, #""1""#, .secure),
      (false, false, "null", nil),
    ] as [(Bool, Bool, String, NoBidReason?)])
  func secureImpressionsTakeSecureMarkupBehindAnHTTPSPrefix(
    hasSecureURL: Bool, isSecure: Bool, secure: String, reason: NoBidReason?
  ) {
    let engine = Engine(
      [Samples.advertiser(creatives: [Samples.creative(isSecure: isSecure)])],
      rules: BiddingRules(publicURLTLS: hasSecureURL ? "https://nod.example" : nil))
    let answer = engine.answer(Samples.request(imp: #""secure":\#(secure)"#))
    #expect(answer.reason == reason)
  }

  @Test func aSecureImpressionLeavesTheOthersAlone() throws {
    let engine = Engine([Samples.advertiser()])
    let banner = #""banner":{"w":300,"h":250}"#
    let answer = engine.answer(
      #"{"id":"r","imp":[{"id":"a",\#(banner),"secure":1},{"id":"b",\#(banner)}]}"#)
    #expect(try answer.bids().map(\.impression) == ["b"])
    #expect(answer.verdict("l", impression: 0) == .refused(.secure))
  }

  @Test func aLineItemWinsAtMostOneImpression() throws {
    let engine = Engine([
      Samples.advertiser([
        Samples.lineItem("l", cpm: 3_000_000), Samples.lineItem("m", cpm: 2_000_000),
      ])
    ])
    let imps = (1...3).map { #"{"id":"\#($0)","banner":{"w":300,"h":250}}"# }
    let answer = engine.answer(#"{"id":"r","imp":[\#(imps.joined(separator: ","))]}"#)
    #expect(try answer.prices() == ["1": [3_000_000], "2": [2_000_000]])
    #expect(answer.verdict("l", impression: 2) == .refused(.outbid))
  }

  @Test func theReasonIsTheFurthestThatAnyImpressionCame() {
    let engine = Engine([Samples.advertiser()])
    let floor = #"{"id":"1","banner":{"w":300,"h":250},"bidfloor":9}"#
    let size = #"{"id":"2","banner":{"w":1,"h":1}}"#
    let video = #"{"id":"3","video":{}}"#
    #expect(engine.answer(#"{"id":"r","imp":[\#(floor),\#(size)]}"#).reason == .floor)
    #expect(engine.answer(#"{"id":"r","imp":[\#(size),\#(floor),\#(video)]}"#).reason == .floor)
    #expect(engine.answer(#"{"id":"r","imp":[\#(video),\#(size)]}"#).reason == .size)
  }

  @Test func tiesGoToTheLowerPath() throws {
    let engine = Engine([
      Samples.advertiser(
        "b", creatives: [Samples.creative("cb")], [Samples.lineItem(creatives: ["cb"])]),
      Samples.advertiser(
        "a", creatives: [Samples.creative("ca"), Samples.creative("cz")],
        [Samples.lineItem("z", creatives: ["cz"]), Samples.lineItem("y", creatives: ["ca"])]),
    ])
    for _ in 0..<5 {
      #expect(try engine.answer(Samples.request()).bids().map(\.creative) == ["ca"])
    }
  }

  @Test(arguments: [
    (#""pos":1"#, true), (#""pos":"1""#, true), (#""pos":3"#, false), (#""pos":0"#, false),
    (#""topframe":1"#, false),
  ])
  func positionsAreMatched(banner: String, bids: Bool) {
    let engine = Engine([
      Samples.advertiser([
        Samples.lineItem { $0.positions = IncludeExclude(include: [1, 2]) }
      ])
    ])
    let answer = engine.answer(Samples.request(banner: #""w":300,"h":250,\#(banner)"#))
    #expect(answer.reason == (bids ? nil : .position))
  }
}
