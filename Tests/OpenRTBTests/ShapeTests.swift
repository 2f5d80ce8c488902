import AuctionTypes
import Testing

@testable import OpenRTB

/// Shapes of real senders on which strict decoders fail.
@Suite struct ShapeTests {
  let harness = RequestHarness()

  private func decode(imp: String = "", and members: String = "") {
    let impression = "{\"id\":\"1\"\(imp.isEmpty ? "" : "," + imp)}"
    let rest = members.isEmpty ? "" : "," + members
    let outcome = harness.decode("{\"id\":\"r\",\"imp\":[\(impression)]\(rest)}")
    #expect(outcome == .ok)
  }

  @Test func absentMarkupKindsMayBeWrittenAsNull() {
    decode(imp: "\"banner\":null,\"video\":null,\"native\":null,\"audio\":null")
    let impression = harness.request.impressions[0]
    #expect(impression.banner == nil)
    #expect(
      [impression.hasVideo, impression.hasAudio, impression.hasNative] == [false, false, false])
  }

  @Test func markupKindsMayHoldAnything() {
    decode(
      imp: "\"video\":{\"mimes\":null},\"audio\":{},"
        + "\"native\":{\"request\":{\"assets\":[{\"id\":1}]}},\"banner\":{}")
    let impression = harness.request.impressions[0]
    #expect(
      [impression.hasVideo, impression.hasAudio, impression.hasNative] == [true, true, true])
    #expect(impression.banner != nil)
  }

  @Test(arguments: ["null", "1", "\"x\"", "[]", "[1]", "true"])
  func malformedObjectsAreAbsent(_ json: String) {
    decode(
      imp: "\"banner\":\(json),\"pmp\":\(json)",
      and: "\"site\":\(json),\"device\":\(json),\"user\":\(json),\"regs\":\(json),\"ext\":\(json)")
    #expect(harness.request.impressions[0].banner == nil)
    #expect(harness.request.inventory.kind == .unknown)
    #expect(harness.request.geo.isEmpty == true)
    #expect(harness.request.regulations.gdpr == nil)
  }

  @Test func malformedObjectsInsideObjectsAreAbsent() {
    decode(
      imp: "\"pmp\":{\"deals\":[null,7,{},{\"id\":\"\"},{\"id\":\"d\",\"wseat\":null}]}",
      and: "\"site\":{\"publisher\":null,\"content\":[],\"domain\":\"a.example\"},"
        + "\"device\":{\"geo\":\"here\",\"os\":\"iOS\"},"
        + "\"user\":{\"geo\":7,\"eids\":[null,{},"
        + "{\"source\":\"s\",\"uids\":[null,{},{\"id\":\"\"}]},"
        + "{\"uids\":[{\"id\":\"x\",\"atype\":1},{\"id\":9}],\"source\":\"t\"}],\"ext\":5}")
    #expect(harness.request.deals.count == 1)
    #expect(harness.string(harness.request.inventory.domain) == "a.example")
    #expect(harness.string(harness.request.device.operatingSystem) == "iOS")
    #expect(harness.summary()["eids"] == "t:x|t:9")
  }

  @Test func idsAndCodesMayBeNumbers() {
    decode(
      and: "\"user\":{\"id\":12,\"buyeruid\":34,\"keywords\":[\"a\"]},"
        + "\"device\":{\"geo\":{\"zip\":94103,\"metro\":807},\"devicetype\":4.0,\"w\":\"320\"},"
        + "\"at\":1.0,\"site\":{\"publisher\":{\"id\":99}}")
    #expect(harness.string(harness.request.user.id) == "12")
    #expect(harness.string(harness.request.user.buyerID) == "34")
    #expect(harness.string(harness.request.geo.zip) == "94103")
    #expect(harness.string(harness.request.geo.metro) == "807")
    let type = harness.request.device.type
    #expect(type == 4)
    #expect(harness.request.auctionType == 1)
    #expect(harness.string(harness.request.inventory.publisherID) == "99")
  }

  @Test(
    arguments: [
      ("\"at\":1", 1), ("\"at\":\"1\"", 1), ("\"at\":501", 501), ("\"at\":null", 2),
      ("\"at\":\"x\"", 2), ("\"x\":1", 2),
    ] as [(String, Int32)])
  func secondPriceIsTheDefault(_ member: String, _ expected: Int32) {
    decode(and: member)
    #expect(harness.request.auctionType == expected)
  }

  @Test(arguments: [
    ("\"site\":{\"domain\":\"s\"},\"app\":{\"bundle\":\"b\"}", Inventory.Kind.site, "s", ""),
    ("\"app\":{\"bundle\":\"b\"},\"site\":{\"domain\":\"s\"}", .app, "", "b"),
    ("\"dooh\":{\"domain\":\"d\"},\"site\":{\"domain\":\"s\"}", .dooh, "d", ""),
    ("\"site\":null,\"app\":{\"bundle\":\"b\"}", .app, "", "b"),
    ("\"site\":\"x\",\"dooh\":{}", .dooh, "", ""), ("\"site\":{}", .site, "", ""),
    ("\"at\":1", .unknown, "", ""),
  ])
  func theFirstKindOfInventoryCounts(
    _ members: String, _ kind: Inventory.Kind, _ domain: String, _ bundle: String
  ) {
    decode(and: members)
    #expect(harness.request.inventory.kind == kind)
    #expect(harness.string(harness.request.inventory.domain) == domain)
    #expect(harness.string(harness.request.inventory.bundle) == bundle)
  }

  @Test(
    arguments: [
      ("\"FRA\"", "FRA"), ("\"fra\"", "FRA"), ("\"FR\"", "FRA"), ("\"us\"", "USA"),
      ("\"France\"", nil), ("\"\"", nil), ("\"F1\"", nil), ("12", nil), ("123", nil), ("null", nil),
    ] as [(String, String?)])
  func readsCountriesOfTwoAndThreeLetters(_ json: String, _ expected: String?) {
    decode(and: "\"device\":{\"geo\":{\"country\":\(json)}}")
    let country = harness.request.geo.country?.description
    #expect(country == expected)
  }

  @Test func theUsersHomeStandsInForTheDevicesPlace() {
    decode(and: "\"user\":{\"geo\":{\"country\":\"FRA\"}},\"device\":{\"geo\":{\"lat\":1}}")
    let home = harness.request.geo.country?.description
    #expect(home == "FRA")
    decode(and: "\"user\":{\"geo\":{\"country\":\"FRA\"}},\"device\":{\"geo\":{\"city\":\"Rome\"}}")
    let place = harness.request.geo
    #expect(place.country == nil && harness.string(place.city) == "Rome")
  }

  @Test func readsBothPlacesOfConsentAndIDs() {
    decode(
      and: "\"user\":{\"consent\":\"\",\"ext\":{\"consent\":\"old\",\"eids\":[{\"source\":\"e\","
        + "\"uids\":[{\"id\":\"2\"}]}]},\"eids\":[{\"source\":\"d\",\"uids\":[{\"id\":\"1\"}]}]},"
        + "\"regs\":{\"gpp\":\"new\",\"ext\":{\"gpp\":\"old\",\"us_privacy\":\"1YNN\"}}")
    let user = harness.request.user
    #expect(harness.string(user.consent) == "old")
    #expect(harness.summary()["eids"] == "d:1")
    #expect(harness.summary()["ext.eids"] == "e:2")
    #expect(harness.string(harness.request.regulations.gpp) == "new")
    #expect(harness.string(harness.request.regulations.extensionUSPrivacy) == "1YNN")
  }

  /// As in Foundation's decoder.
  @Test func theLastOfARepeatedMemberCounts() {
    harness.decode(
      "{\"id\":\"a\",\"id\":\"r\",\"imp\":[{\"id\":\"x\"},{\"id\":\"x\"}],\"at\":1,\"at\":null,"
        + "\"bcat\":[\"a\"],\"bcat\":[\"b\"],\"device\":{\"os\":\"a\"},\"device\":{\"ua\":\"b\"},"
        + "\"imp\":[{\"id\":\"1\",\"bidfloor\":1,\"bidfloor\":2,\"banner\":{\"w\":1,\"h\":1},"
        + "\"banner\":{\"h\":5,\"w\":6}}],\"site\":{\"page\":\"p\"},\"site\":{\"domain\":\"d\"}}")
    #expect(harness.string(harness.request.id) == "r")
    #expect(harness.request.impressions.count == 1)
    #expect(harness.request.auctionType == 2)
    #expect(harness.strings(harness.request.blockedCategories) == ["b"])
    #expect(harness.string(harness.request.device.operatingSystem) == "")
    #expect(harness.request.impressions[0].floor == CPM(micros: 2_000_000))
    #expect(harness.request.impressions[0].banner?.size == Size(width: 6, height: 5))
    #expect(harness.string(harness.request.inventory.page) == "")
  }

  @Test func nothingIsLeftOfTheRequestBefore() throws {
    let full = RequestHarness()
    full.decode(
      "{\"id\":\"a\\n\",\"at\":1,\"tmax\":9,\"test\":1,\"cur\":[\"EUR\"],\"bcat\":[\"x\"],"
        + "\"acat\":[\"x\"],\"cattax\":6,\"badv\":[\"x\"],\"bapp\":[\"x\"],\"wseat\":[\"x\"],"
        + "\"bseat\":[\"x\"],\"wlang\":[\"x\"],"
        + "\"imp\":[{\"id\":\"1\",\"pmp\":{\"deals\":[{\"id\":1}]},"
        + "\"banner\":{\"battr\":[500],\"format\":[{\"w\":1,\"h\":1}]}},{\"id\":\"2\"}],"
        + "\"app\":{\"id\":\"x\",\"cat\":[\"x\"]},\"device\":{\"ua\":\"x\",\"dnt\":1},"
        + "\"user\":{\"id\":\"x\",\"eids\":[{\"uids\":[{\"id\":\"x\"}]}]},\"regs\":{\"coppa\":1}}")
    let body = "{\"id\":\"b\",\"imp\":[{\"id\":\"1\"}]}"
    #expect(full.decode(body) == .ok)
    harness.decode(body)
    #expect(full.summary() == harness.summary())
    #expect(full.request.texts.isEmpty == true)
    #expect(full.request.unescaped.isEmpty == true)
    #expect(full.request.deals.isEmpty == true)
  }
}
