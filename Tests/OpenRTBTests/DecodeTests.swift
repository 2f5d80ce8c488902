import AuctionTypes
import Testing

@testable import OpenRTB

@Suite struct DecodeTests {
  let harness = RequestHarness()

  /// Decodes a request of one impression with more members in it and beside it.
  private func decode(imp: String = "", and members: String = "") {
    let impression = "{\"id\":\"1\"\(imp.isEmpty ? "" : "," + imp)}"
    let rest = members.isEmpty ? "" : "," + members
    let outcome = harness.decode("{\"id\":\"r\",\"imp\":[\(impression)]\(rest)}")
    #expect(outcome == .ok)
  }

  @Test(arguments: [
    ("[]", DecodeOutcome.malformed(.notAnObject)), ("[{\"id\":\"1\"}]", .malformed(.notAnObject)),
    ("{}", .malformed(.noID)), ("{\"imp\":[{\"id\":\"1\"}]}", .malformed(.noID)),
    ("{\"id\":\"\",\"imp\":[{\"id\":\"1\"}]}", .malformed(.noID)),
    ("{\"id\":null,\"imp\":[{\"id\":\"1\"}]}", .malformed(.noID)),
    ("{\"id\":true,\"imp\":[{\"id\":\"1\"}]}", .malformed(.noID)),
    ("{\"id\":[1],\"imp\":[{\"id\":\"1\"}]}", .malformed(.noID)),
    ("{\"id\":{},\"imp\":[{\"id\":\"1\"}]}", .malformed(.noID)),
    ("{\"ID\":\"1\",\"imp\":[{\"id\":\"1\"}]}", .malformed(.noID)),
    ("{\"id\":\"1\"}", .ping), ("{\"id\":1}", .ping), (" {\"id\" : \"1\"} ", .ping),
    ("{\"id\":\"\"}", .malformed(.noID)),
    ("{\"id\":\"1\",\"at\":1}", .malformed(.noImpressions)),
    ("{\"id\":\"1\",\"ext\":{}}", .malformed(.noImpressions)),
    ("{\"id\":\"1\",\"imp\":[]}", .malformed(.noImpressions)),
    ("{\"id\":\"1\",\"imp\":null}", .malformed(.noImpressions)),
    ("{\"id\":\"1\",\"imp\":{}}", .malformed(.noImpressions)),
    ("{\"id\":\"1\",\"imp\":{\"id\":\"1\"}}", .malformed(.noImpressions)),
    ("{\"id\":\"1\",\"imp\":\"x\"}", .malformed(.noImpressions)),
    ("{\"id\":\"1\",\"imp\":[{}]}", .malformed(.impressionWithoutID)),
    ("{\"id\":\"1\",\"imp\":[null]}", .malformed(.impressionWithoutID)),
    ("{\"id\":\"1\",\"imp\":[1]}", .malformed(.impressionWithoutID)),
    ("{\"id\":\"1\",\"imp\":[{\"id\":\"\"}]}", .malformed(.impressionWithoutID)),
    ("{\"id\":\"1\",\"imp\":[{\"id\":\"1\"},{\"id\":null}]}", .malformed(.impressionWithoutID)),
    ("{\"id\":\"1\",\"imp\":[{\"id\":\"a\"},{\"id\":\"a\"}]}", .malformed(.duplicateImpressionID)),
    ("{\"id\":\"1\",\"imp\":[{\"id\":\"1\"},{\"id\":1}]}", .malformed(.duplicateImpressionID)),
    (
      "{\"id\":\"1\",\"imp\":[{\"id\":\"a\"},{\"id\":\"\\u0061\"}]}",
      .malformed(.duplicateImpressionID)
    ),
    ("{\"id\":\"1\",\"imp\":[{\"id\":\"a\"},{\"id\":\"A\"}]}", .ok),
    ("{\"id\":\"1\",\"imp\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", .ok),
    ("{\"id\":7,\"imp\":[{\"id\":8}]}", .ok), ("{\"\\u0069d\":7,\"imp\":[{\"id\":8}]}", .ok),
    ("{\"id\":\"1\",\"imp\":[{\"id\":\"1\"}],\"x\":01}", .malformed(.json)),
  ])
  func judgesTheRulesOfEveryExchange(_ body: String, _ expected: DecodeOutcome) {
    #expect(harness.decode(body) == expected)
  }

  @Test(arguments: [
    ("\"a-1\"", "a-1"), ("17", "17"), ("-5", "-5"), ("1.50", "1.50"),
    ("\"a\\\"b\\u00e9\\/\"", "a\"bé/"), ("\"\\ud83d\\ude00\"", "😀"), ("\"é\"", "é"),
    ("\"\\b\\f\\n\\r\\t\\\\\"", "\u{8}\u{C}\n\r\t\\"), ("\"\\u20AC\\u07ff\"", "€\u{7FF}"),
  ])
  func keepsIDsAsTheyWereWritten(_ json: String, _ text: String) {
    let deal = "\"pmp\":{\"deals\":[{\"id\":\(json)}]}"
    harness.decode("{\"id\": \(json) ,\"imp\":[{\"id\":\(json),\(deal)}]}")
    #expect(harness.raw(harness.request.rawID) == json)
    #expect(harness.string(harness.request.id) == text)
    #expect(harness.raw(harness.request.impressions[0].rawID) == json)
    #expect(harness.string(harness.request.impressions[0].id) == text)
    #expect(harness.raw(harness.request.deals[0].rawID) == json)
    #expect(harness.string(harness.request.deals[0].id) == text)
  }

  @Test(
    arguments: [
      ("120", 120), ("\"120\"", 120), ("120.9", 120), ("1.2e2", 120), ("\" 120 \"", 120),
      ("99999999999", 2_147_483_647), ("1", 1), ("0", nil), ("-1", nil), ("999999999", 999_999_999),
      ("1000000000", 1_000_000_000),
      ("2147483648", 2_147_483_647), ("4294967297", 2_147_483_647), ("12 ", 12), ("0e1", nil),
      ("0.5", nil),
      ("\"\"", nil), ("\"soon\"", nil), ("null", nil), ("true", nil), ("[120]", nil), ("{}", nil),
      ("1e999", 2_147_483_647), ("1e-999", nil),
    ] as [(String, Int32?)])
  func readsTheTimeLimit(_ json: String, _ expected: Int32?) {
    decode(and: "\"tmax\":\(json)")
    let time = harness.request.maximumMilliseconds
    #expect(time == expected)
  }

  @Test(arguments: [
    ("1", true), ("\"1\"", true), ("1.0", true), ("true", true), ("0", false), ("\"0\"", false),
    ("false", false), ("2", false), ("null", false), ("\"yes\"", false), ("[]", false),
  ])
  func readsFlags(_ json: String, _ expected: Bool) {
    let imp = "\"secure\":\(json),\"instl\":\(json),\"pmp\":{\"private_auction\":\(json)},"
    decode(
      imp: imp + "\"banner\":{\"topframe\":\(json)}",
      and: "\"test\":\(json),\"device\":{\"lmt\":\(json),\"dnt\":\(json)},"
        + "\"regs\":{\"coppa\":\(json),\"gdpr\":\(json),\"ext\":{\"gdpr\":\(json)}}")
    let impression = harness.request.impressions[0]
    #expect(impression.isSecure == expected)
    #expect(impression.isInterstitial == expected)
    #expect(impression.isPrivateAuction == expected)
    #expect(impression.banner?.isTopFrame == expected)
    #expect(harness.request.isTest == expected)
    #expect(harness.request.device.limitsTracking == expected)
    #expect(harness.request.device.doNotTrack == expected)
    #expect(harness.request.regulations.coppa == expected)
    #expect((harness.request.regulations.gdpr == true) == expected)
  }

  @Test(
    arguments: [
      ("\"gdpr\":1,\"ext\":{\"gdpr\":0}", true), ("\"gdpr\":0,\"ext\":{\"gdpr\":1}", true),
      ("\"ext\":{\"gdpr\":\"1\"}", true), ("\"gdpr\":0", false), ("\"ext\":{\"gdpr\":0}", false),
      ("\"coppa\":0", nil), ("\"gdpr\":null", nil), ("\"ext\":\"x\"", nil), ("\"ext\":null", nil),
    ] as [(String, Bool?)])
  func takesTheStricterOfBothPlacesOfGDPR(_ regs: String, _ expected: Bool?) {
    decode(and: "\"regs\":{\(regs)}")
    let gdpr = harness.request.regulations.gdpr
    #expect(gdpr == expected)
  }

  @Test(
    arguments: [
      ("0.35", 350_000), ("1", 1_000_000), ("\"1.5\"", 1_500_000), ("1e-3", 1_000), ("0", 0),
      ("0.0000001", 1), ("0.1234561", 123_457), ("0.123456", 123_456), ("-1", 0), ("\"-0.1\"", 0),
      ("null", 0), ("\"free\"", 0), ("{}", 0), ("[1]", 0), ("true", 0),
      ("1e12", 1_000_000_000_000_000_000),
      ("9223372036854.775807", .max), ("9223372036854.7758070001", .max), ("1E2", 100_000_000),
      ("0.1000000000000000000000001", 100_001), ("\".5\"", 500_000), ("\"+1.\"", 1_000_000),
      ("0.30000000000000004", 300_001), ("2.675", 2_675_000),
    ] as [(String, Int64)])
  func roundsFloorsUp(_ json: String, _ expected: Int64) {
    decode(imp: "\"bidfloor\":\(json),\"pmp\":{\"deals\":[{\"id\":1,\"bidfloor\":\(json)}]}")
    #expect(harness.request.impressions[0].floor == CPM(micros: expected))
    #expect(harness.request.deals[0].floor == CPM(micros: expected))
  }

  @Test(
    arguments: [
      ("\"EUR\"", "EUR"), ("\"eur\"", "EUR"), ("null", "USD"), ("\"\"", "USD"), ("[]", "USD"),
      ("\"\\u0045UR\"", "EUR"), ("\"EURO\"", nil), ("\"€\"", nil), ("978", nil), ("\"E1R\"", nil),
    ] as [(String, String?)])
  func readsCurrenciesOfFloors(_ json: String, _ expected: String?) {
    decode(
      imp: "\"bidfloorcur\":\(json),\"pmp\":{\"deals\":[{\"id\":1,\"bidfloorcur\":\(json)}]}")
    let code = expected.flatMap { CurrencyCode($0) } ?? .unreadable
    #expect(harness.request.impressions[0].floorCurrency == code)
    #expect(harness.request.deals[0].floorCurrency == code)
  }

  @Test func aDealDoesNotInheritTheImpressionsCurrency() {
    decode(imp: "\"bidfloorcur\":\"EUR\",\"pmp\":{\"deals\":[{\"id\":\"d\"}]}")
    #expect(harness.request.deals[0].floorCurrency == .usd)
  }

  @Test(
    arguments: [
      ("[\"USD\",\"EUR\"]", ["USD", "EUR"]), ("[]", []), ("null", []), ("\"EUR\"", ["EUR"]),
      ("[null,\"\",{}]", []), ("5", []),
    ] as [(String, [String])])
  func readsCurrencies(_ json: String, _ expected: [String]) {
    decode(and: "\"cur\":\(json)")
    let codes = harness.request.currencies.indices.map {
      harness.request.currencies[$0].description
    }
    #expect(codes == expected)
  }

  @Test(
    arguments: [
      ("[\"a\",\"b\"]", ["a", "b"]), ("\"a\"", ["a"]), ("[]", []), ("[\"\"]", []), ("null", []),
      ("[null,{\"x\":[1]},[\"c\"],\"a\",7,true]", ["a", "7"]), ("{}", []), ("[\"\\u0061\"]", ["a"]),
    ] as [(String, [String])])
  func readsListsOfStrings(_ json: String, _ expected: [String]) {
    decode(
      and: "\"bcat\":\(json),\"badv\":\(json),\"wseat\":\(json),\"site\":{\"cat\":\(json)}")
    #expect(harness.strings(harness.request.blockedCategories) == expected)
    #expect(harness.strings(harness.request.blockedAdvertisers) == expected)
    #expect(harness.strings(harness.request.allowedSeats) == expected)
    #expect(harness.strings(harness.request.inventory.categories) == expected)
  }

  @Test func readsListsOfIntegers() {
    decode(imp: "\"banner\":{\"battr\":[1,\"9\",14.0,500,-1,63,64,null,\"x\"],\"api\":[]}")
    let banner = harness.request.impressions[0].banner
    #expect(harness.numbers(banner?.blockedAttributes ?? .empty) == [1, 9, 14, 63, 500, -1, 64])
    for number in [1, 9, 14, 63, 500, -1, 64] as [Int32] {
      #expect(harness.request.contains(number, in: banner?.blockedAttributes ?? .empty) == true)
    }
    for number in [0, 2, 62, 65, 501] as [Int32] {
      #expect(harness.request.contains(number, in: banner?.blockedAttributes ?? .empty) == false)
    }
    #expect(banner?.apis.isEmpty == true)
  }

  @Test func keepsOnlySizesThatCanBeShown() {
    let formats =
      "[{\"w\":300,\"h\":250},{\"w\":\"728\",\"h\":90.0},{\"wratio\":4,\"hratio\":3},"
      + "{\"w\":0,\"h\":1},{\"w\":65536,\"h\":1},{\"w\":65535,\"h\":1},null,7,{\"w\":-1,\"h\":1}]"
    decode(imp: "\"banner\":{\"format\":\(formats),\"w\":320,\"h\":\"50\"}")
    let banner = harness.request.impressions[0].banner
    #expect(harness.sizes(banner?.formats ?? .empty) == ["300x250", "728x90", "65535x1"])
    #expect(banner?.size == Size(width: 320, height: 50))
    decode(imp: "\"banner\":{\"w\":320}")
    let half = harness.request.impressions[0].banner
    #expect(half != nil && half?.size == nil)
  }
}
