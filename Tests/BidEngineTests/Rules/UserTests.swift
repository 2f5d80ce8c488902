import AuctionTypes
import AudienceIndex
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

struct UserTests {
  private static let uuid = "6D92078A-8246-4BA4-AE5B-76104861E7DC"

  private func engine(
    _ audience: AudienceExpression, rules: BiddingRules = BiddingRules()
  ) -> Engine {
    Engine(
      [Samples.advertiser([Samples.lineItem { $0.audience = audience }])], rules: rules,
      idSpaces: [
        IDSpace(name: "nod"), IDSpace(name: "example"), IDSpace(name: "partner.example"),
      ],
      users: [
        "nod:alice": ["s:1"], "example:alice": ["s:2"], "ifa:\(Self.uuid)": ["s:3"],
        "partner.example:alice": ["s:4"], "nod:bob": ["s:5"], "nod:carol": ["s:1"],
        "nod:dave": [],
      ],
      suppressed: ["nod:carol", "partner.example:mallory"])
  }

  private func reason(
    _ audience: AudienceExpression, _ members: String, rules: BiddingRules = BiddingRules()
  ) -> NoBidReason? {
    engine(audience, rules: rules).answer(Samples.request(members)).reason
  }

  @Test(arguments: [
    (#""user":{"buyeruid":"alice"}"#, ["s:1"]), (#""user":{"id":"alice"}"#, ["s:2"]),
    (#""user":{"id":"alice","buyeruid":"alice"}"#, ["s:1", "s:2"]),
    (#""device":{"ifa":"\#(uuid)"}"#, ["s:3"]),
    (#""device":{"ifa":"6d92078a-8246-4ba4-ae5b-76104861e7dc"}"#, ["s:3"]),
    (#""device":{"ifa":"\#(uuid)","lmt":1}"#, []), (#""device":{"ifa":"\#(uuid)","dnt":"1"}"#, []),
    (#""device":{"ifa":"\#(uuid)","lmt":0,"dnt":0}"#, ["s:3"]),
    (#""user":{"eids":[{"source":"partner.example","uids":[{"id":"alice"}]}]}"#, ["s:4"]),
    (#""user":{"ext":{"eids":[{"source":"partner.example","uids":[{"id":"alice"}]}]}}"#, ["s:4"]),
    (
      #""user":{"eids":[{"uids":[{"id":"x"},{"id":"alice"}],"source":"partner.example"}]}"#, ["s:4"]
    ),
    (#""user":{"eids":[{"source":"else.example","uids":[{"id":"alice"}]}]}"#, []),
    (
      #""user":{"buyeruid":"bob","id":"alice","eids":[{"source":"partner.example","uids":[{"id":"alice"}]}]}"#,
      ["s:2", "s:4", "s:5"]
    ),
  ])
  func theRowsOfAllIDsAreUnited(members: String, segments: [String]) {
    for segment in (1...5).map({ "s:\($0)" }) {
      let isIn = reason(.segment(segment), members) == nil
      #expect(isIn == segments.contains(segment), "\(segment) for \(members)")
    }
  }

  @Test func noneSeesTheUnion() {
    let members = #""user":{"buyeruid":"alice","id":"alice"}"#
    #expect(reason(.none([.segment("s:2")]), members) == .audience)
    #expect(reason(.none([.segment("s:9")]), members) == nil)
    #expect(reason(.all([.segment("s:1"), .segment("s:2")]), members) == nil)
  }

  @Test(arguments: ["nobody", "dave"])
  func aUserWithoutSegmentsSatisfiesNoneAndNoPositiveClause(id: String) {
    let members = #""user":{"buyeruid":"\#(id)"}"#
    #expect(reason(.none([.segment("s:1")]), members) == nil)
    #expect(reason(.segment("s:1"), members) == .audience)
    #expect(reason(.any([.segment("s:9"), .none([.segment("s:8")])]), members) == nil)
  }

  @Test(arguments: [
    "", #""user":{}"#, #""user":{"buyeruid":""}"#, #""user":{"buyeruid":null}"#,
    #""user":{"buyeruid":"null"}"#, #""user":{"buyeruid":"NULL"}"#,
    #""user":{"buyeruid":"unknown"}"#, #""user":{"buyeruid":"-1"}"#, #""user":{"buyeruid":-1}"#,
    #""user":{"buyeruid":"0","id":0}"#, #""user":{"buyeruid":"${USER_ID}"}"#,
    #""user":{"id":"{{uid}}"}"#, #""user":{"id":"[UID]"}"#, #""user":{"id":"%%UID%%"}"#,
    #""device":{"ifa":"00000000-0000-0000-0000-000000000000"}"#,
    #""device":{"ifa":"00000000000000000000000000000000"}"#,
    #""user":{"eids":[]}"#, #""user":{"eids":[{"source":"partner.example","uids":[]}]}"#,
    #""user":{"buyeruid":"carol"}"#,
    #""user":{"buyeruid":"alice","eids":[{"source":"partner.example","uids":[{"id":"mallory"}]}]}"#,
    #""user":{"buyeruid":"alice"},"regs":{"gdpr":1}"#,
    #""user":{"buyeruid":"alice"},"regs":{"ext":{"gdpr":1}}"#,
    #""user":{"buyeruid":"alice"},"regs":{"gdpr":0,"ext":{"gdpr":1}}"#,
    #""user":{"buyeruid":"alice"},"regs":{"coppa":1}"#,
    #""user":{"buyeruid":"alice"},"regs":{"us_privacy":"1YYN"}"#,
    #""user":{"buyeruid":"alice"},"regs":{"ext":{"us_privacy":"1-y-"}}"#,
    #""user":{"buyeruid":"alice"},"regs":{"gpp":"DBABMA~CPXxRfA"}"#,
    #""user":{"buyeruid":"alice"},"regs":{"ext":{"gpp":"DBAA"}}"#,
    #""user":{"buyeruid":"alice"},"device":{"geo":{"country":"FRA"}}"#,
    #""user":{"buyeruid":"alice"},"device":{"geo":{"country":"gb"}}"#,
    #""user":{"buyeruid":"alice","geo":{"country":"CHE"}}"#,
    #""user":{"buyeruid":"alice"},"device":{"geo":{"country":"NOR"}},"regs":{"gdpr":null}"#,
  ])
  func withoutAReadableIDNoAudienceClauseBids(members: String) {
    #expect(reason(.none([.segment("s:1")]), members) == .identity, "\(members)")
    #expect(reason(.segment("s:1"), members) == .identity, "\(members)")
    let contextual = Engine([Samples.advertiser()], suppressed: ["nod:carol"])
    #expect(contextual.answer(Samples.request(members)).outcome == .bid)
  }

  @Test(arguments: [
    #""regs":{"gdpr":0},"device":{"geo":{"country":"FRA"}}"#,
    #""device":{"geo":{"country":"USA"}}"#, #""regs":{"us_privacy":"1YNN"}"#,
    #""regs":{"us_privacy":"1--"}"#, #""regs":{"coppa":0,"gpp":"","gdpr":0}"#, #""regs":null"#,
  ])
  func idsAreReadWhereNothingForbidsIt(members: String) {
    #expect(reason(.segment("s:1"), #""user":{"buyeruid":"alice"},\#(members)"#) == nil)
  }

  @Test func gdprIsAssumedOnlyWhereTheConfigurationSaysSo() {
    let members = #""user":{"buyeruid":"alice"},"device":{"geo":{"country":"FRA"}}"#
    let assuming = BiddingRules(assumesGDPR: true)
    let trusting = BiddingRules(assumesGDPR: false)
    #expect(reason(.segment("s:1"), members, rules: assuming) == .identity)
    #expect(reason(.segment("s:1"), members, rules: trusting) == nil)
  }

  @Test func withoutConsentThereMayBeNoBidAtAll() {
    let rules = BiddingRules(bidsWithoutConsent: false)
    let engine = Engine([Samples.advertiser()], rules: rules)
    #expect(engine.answer(Samples.request(#""regs":{"gdpr":1}"#)).reason == .privacy)
    #expect(engine.answer(Samples.request(#""regs":{"gdpr":0}"#)).outcome == .bid)
    #expect(engine.answer(Samples.request(#""regs":{"coppa":1}"#)).reason == .privacy)
  }

  @Test func everyIDOfARequestMaySuppressTheUser() {
    let uids = (0..<255).map { #"{"id":"u\#($0)"}"# } + [#"{"id":"mallory"}"#]
    let members =
      #""user":{"buyeruid":"alice","id":"alice","eids":[{"source":"partner.example","uids":[\#(uids.joined(separator: ","))]}]},"device":{"ifa":"\#(Self.uuid)"}"#
    #expect(reason(.segment("s:1"), members) == .identity)
    let innocent = members.replacing("mallory", with: "u255")
    #expect(reason(.segment("s:1"), innocent) == nil)
    let tooMany = members.replacing(#"{"id":"mallory"}"#, with: #"{"id":"x"},{"id":"mallory"}"#)
    #expect(reason(.segment("s:1"), tooMany) == .capacity)
  }

  @Test func halvesOfTheUsersPartitionThem() throws {
    let engine = Engine([
      Samples.advertiser(
        creatives: [Samples.creative("low"), Samples.creative("high")],
        [
          Samples.lineItem("l", creatives: ["low"]) {
            $0.userPercent = Targeting.UserPercent(from: 0, to: 50)
          },
          Samples.lineItem("m", creatives: ["high"]) {
            $0.userPercent = Targeting.UserPercent(from: 50, to: 100)
          },
        ])
    ])
    var low = 0
    for user in 0..<1_000 {
      let request = Samples.request(#""user":{"buyeruid":"u\#(user)"}"#)
      let first = try engine.answer(request).bids().map(\.creative)
      let second = try engine.answer(request).bids().map(\.creative)
      #expect(first.count == 1 && first == second)
      if first == ["low"] { low += 1 }
    }
    #expect((430...570).contains(low))
    #expect(engine.answer(Samples.request()).reason == .userPercent)
  }

  @Test func theShareIsDecidedByTheFirstIDPresent() throws {
    let engine = Engine([
      Samples.advertiser([
        Samples.lineItem { $0.userPercent = Targeting.UserPercent(from: 0, to: 50) }
      ])
    ])
    func bids(_ members: String) -> Bool { engine.answer(Samples.request(members)).outcome == .bid }
    for user in 0..<50 {
      let buyer = bids(#""user":{"buyeruid":"u\#(user)"}"#)
      let own = bids(#""user":{"id":"u\#(user)"}"#)
      #expect(bids(#""user":{"id":"v","buyeruid":"u\#(user)"},"device":{"ifa":"w"}"#) == buyer)
      #expect(bids(#""user":{"id":"u\#(user)","buyeruid":"0"},"device":{"ifa":"w"}"#) == own)
    }
  }
}
