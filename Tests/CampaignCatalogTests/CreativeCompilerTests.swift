import CampaignDocuments
import FixedMemory
import Foundation
import OpenRTB
import Testing

@testable import CampaignCatalog

struct CreativeCompilerTests {
  private func members(
    _ creative: Creative, _ advertiser: Advertiser = Samples.advertiser(),
    exchange: String = "example"
  ) throws -> [String: Any] {
    let text =
      CreativeCompiler.members(of: creative, advertiser: advertiser, exchange: exchange)
      + CreativeCompiler.markupPieces(of: creative).map { JSONText.escaped($0) }
      .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "<click>")
    let object = try JSONSerialization.jsonObject(with: Data("{\(text)\"}".utf8))
    return try #require(object as? [String: Any])
  }

  @Test func writesTheConstantMembersOfABid() throws {
    let advertiser = Samples.advertiser(categories: ["IAB1", "IAB2-3"])
    let bid = try members(Samples.creative("c1", width: 728, height: 90), advertiser)
    #expect(
      Set(bid.keys) == ["adid", "crid", "adomain", "cat", "w", "h", "mtype", "adm"])
    #expect(bid["adid"] as? String == "c1")
    #expect(bid["crid"] as? String == "c1")
    #expect(bid["adomain"] as? [String] == ["a.example"])
    #expect(bid["cat"] as? [String] == ["IAB1", "IAB2-3"])
    #expect(bid["w"] as? Int == 728)
    #expect(bid["h"] as? Int == 90)
    #expect(bid["mtype"] as? Int == 1)
    #expect(bid["adm"] as? String == "<a href=\"<click>\">buy</a><img src=\"")
  }

  @Test func leavesOutCategoriesWhereThereAreNone() throws {
    let bid = try members(Samples.creative())
    #expect(bid["cat"] == nil)
  }

  @Test(arguments: [
    "plain", "\"quotes\" \\ back\\slash", "line\nfeed\r\ttab", "\u{0}\u{1}\u{1F}\u{7F}",
    "é 漢字 🙂 \u{2028}\u{2029}", "</script>", "${AUCTION_PRICE} ${AUCTION_ID}",
  ])
  func escapesMarkupSoThatItReadsBack(markup: String) throws {
    let bid = try members(Samples.creative(markup: markup))
    #expect(bid["adm"] as? String == markup + "<img src=\"")
  }

  @Test(arguments: [
    ("${CLICK_URL}|${AUCTION_PRICE}|${CLICK_URL}|$CLICK_URL|${CLICK_URL", 3),
    ("${CLICK_URL}${CLICK_URL}", 3), ("none", 1), ("%24{CLICK_URL}", 1), ("a${CLICK_URL}", 2),
  ])
  func cutsMarkupAtEveryClickMacroAndNoOther(markup: String, count: Int) {
    let pieces = CreativeCompiler.markupPieces(of: Samples.creative(markup: markup))
    #expect(pieces.count == count)
    #expect(pieces.joined(separator: "${CLICK_URL}") == markup + "<img src=\"")
  }

  @Test func takesTheExchangesOwnCreativeIDWhereThereIsOne() throws {
    let creative = Samples.creative(exchangeIDs: ["other": "X-9"])
    #expect(try members(creative, exchange: "example")["crid"] as? String == "c")
    let bid = try members(creative, exchange: "other")
    #expect(bid["crid"] as? String == "X-9")
    #expect(bid["adid"] as? String == "c")
  }

  @Test(arguments: [
    ("https://play.google.com/store/apps/details?id=com.Acme.App&hl=en", "com.Acme.App"),
    ("https://apps.apple.com/us/app/acme/id1480035812?mt=8", "1480035812"),
    ("https://itunes.apple.com/app/id77", "77"), ("https://APPS.apple.com/app/id8", "8"),
    ("https://apps.apple.com/us/app/acme/idea", nil), ("https://play.google.com/store", nil),
    ("https://a.example/?id=com.acme", nil), ("https://apps.apple.com/us/app/id", nil),
  ])
  func findsTheAppOfAStoreURL(url: String, bundle: String?) throws {
    #expect(CreativeCompiler.bundle(ofLandingURL: url) == bundle)
    #expect(try members(Samples.creative(landingURL: url))["bundle"] as? String == bundle)
  }

  @Test(arguments: [
    ("<p>", [2]), ("<SCRIPT src=x></SCRIPT>", [3]), ("<iframe src=x>", [4]),
    ("<iframe></iframe><script></script>", [3, 4]),
  ])
  func namesTheBannerTypes(markup: String, types: [Int]) {
    let bits = CreativeCompiler.bannerTypes(of: Samples.creative(markup: markup))
    #expect((0..<64).filter { bits >> UInt64($0) & 1 != 0 } == types)
  }

  @Test func keepsAttributesOfBothRanges() {
    let creative = Samples.creative(attributes: [1, 63, 64, 999])
    #expect(CreativeCompiler.attributes(of: creative) == UInt64(1) << 1 | UInt64(1) << 63)
    #expect(CreativeCompiler.otherAttributes(of: creative) == [64, 999])
  }

  @Test func writesSeatsAndCampaignsAsTheInsideOfAString() throws {
    let catalog = Samples.compile([
      Samples.advertiser(seats: ["example": "s\"1\\"], [Samples.campaign("k")])
    ])
    let seat = catalog.string(catalog.seatsJSON[0])
    let read = try JSONSerialization.jsonObject(
      with: Data("\"\(seat)\"".utf8), options: .fragmentsAllowed)
    #expect(read as? String == "s\"1\\")
    #expect(catalog.string(catalog.campaigns[0].idJSON) == "k")
  }
}
