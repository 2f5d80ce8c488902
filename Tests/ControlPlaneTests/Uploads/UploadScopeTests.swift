import AuctionTypes
import CampaignDocuments
import Foundation
import Support
import Testing

@testable import ControlPlane

/// What of sources, segments and uploads exists for the keys of an advertiser.
@Suite struct UploadScopeTests {
  private static let file = UploadTests.file
  private static let body = UploadTests.body

  private static let census = SegmentCensus(
    segments: [
      .init(name: "aam:24", users: 7), .init(name: "aam:3", users: 2),
      .init(name: "own:1", users: 5), .init(name: "stray:1", users: 1),
    ], generation: 9, counted: WallTime(milliseconds: 1_000))

  /// A document of two advertisers that each name a segment without users.
  private static func advertisers() -> [Advertiser] {
    let parts = ["acme", "zeta"].map { id in
      """
        - id: \(id)
          domain: \(id).example
          creatives:
            - {id: c, format: banner, w: 1, h: 1, markup: "<a href='${CLICK_URL}'>x</a>",
               landing_url: "https://\(id).example/"}
          campaigns:
            - id: k
              budget: {total_micros: 1}
              line_items:
                - id: l
                  bid: {model: cpm, amount_micros: 1}
                  creatives: [c]
                  targeting: {audience: {any: ["aam:24", "aam:of-\(id)"]}}
      """
    }
    let text = "advertisers:\n" + parts.joined(separator: "\n")
    return DocumentSet.load(
      files: [DocumentSet.File(name: "a.yaml", bytes: Array(text.utf8))],
      known: KnownReferences(
        exchanges: [], segments: [KnownReferences.SegmentScope(prefix: "aam:", advertiser: nil)])
    ).advertisers
  }

  private static func segments(_ client: AccessClient, _ query: String = "") throws -> [String] {
    let page = try client.json("GET", "/v1/segments?\(query)")
    let items = try #require(page["items"] as? [[String: Any]])
    return items.map { "\($0["segment"] ?? "") \($0["users"] ?? "")" }
  }

  @Test func whatIsOfAnotherAdvertiserDoesNotExist() async throws {
    let rig = try UploadRig(census: Self.census)
    try await rig.serve { port in
      let admin = AccessClient(port: port).with(key: ControlRig.token)
      let acme = AccessClient(port: port).with(key: try admin.makeKey("trader", #"["acme"]"#).text)
      let zeta = AccessClient(port: port).with(key: try admin.makeKey("trader", #"["zeta"]"#).text)
      let own = "/v1/audience-uploads?source=own&file=\(Self.file)"
      let id = try #require(try acme.json("POST", own, "user 24\n", status: 202)["id"] as? String)
      #expect(try acme.send("GET", "/v1/audience-uploads/\(id)").status == 200)
      #expect(try zeta.send("GET", "/v1/audience-uploads/\(id)").status == 404)
      let foreign = try zeta.send("POST", own, "user 24\n")
      let unknown = try zeta.send(
        "POST", own.replacing("source=own", with: "source=not"), "user 24\n")
      #expect(foreign.status == 404)
      #expect(foreign.text.replacing("own", with: "not") == unknown.text)
      #expect(try zeta.send("GET", "/v1/audience-uploads").text == #"{"items":[]}"#)
      #expect(try zeta.send("GET", "/v1/audience-uploads?source=own").status == 404)
      #expect(try zeta.send("GET", "/v1/segments?source=own").status == 404)
      let offset =
        "/v1/audience-uploads/offset?source=own&file=\(Self.file)&sha256="
        + UploadTests.hash(Self.body)
      #expect(try zeta.send("GET", offset).status == 404)
      #expect(try acme.send("GET", offset).status == 200)
      let names = try [acme, zeta].map { client in
        let page = try client.json("GET", "/v1/sources")
        return (page["items"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
      }
      #expect(names == [["aam", "optout", "own"], ["aam", "optout"]])
    }
  }

  @Test func sharedSourcesAreReadByAllAndFilledByKeysOfAll() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      let admin = AccessClient(port: port).with(key: ControlRig.token)
      let path = "/v1/audience-uploads?source=aam&file=\(Self.file)"
      let acme = AccessClient(port: port).with(key: try admin.makeKey("trader", #"["acme"]"#).text)
      let answer = try acme.send("POST", path, "user 24\n")
      #expect(answer.status == 403)
      #expect(answer.text.contains("shared by all advertisers"))
      let viewer = AccessClient(port: port).with(key: try admin.makeKey("viewer").text)
      #expect(try viewer.send("POST", path, "user 24\n").status == 403)
      let trader = AccessClient(port: port).with(key: try admin.makeKey("trader").text)
      let id = try #require(
        try trader.json("POST", path, "user 24\n", status: 202)["id"] as? String)
      #expect(try acme.send("GET", "/v1/audience-uploads/\(id)").status == 200)
    }
  }

  @Test func segmentsAreThoseOfTheKeysSourcesAndLineItems() async throws {
    let rig = try UploadRig(census: Self.census)
    let advertisers = Self.advertisers()
    #expect(advertisers.count == 2)
    rig.rig.parts.advertisers.set(advertisers)
    try await rig.serve { port in
      let admin = AccessClient(port: port).with(key: ControlRig.token)
      let acme = AccessClient(port: port).with(key: try admin.makeKey("viewer", #"["acme"]"#).text)
      let zeta = AccessClient(port: port).with(key: try admin.makeKey("viewer", #"["zeta"]"#).text)
      #expect(
        try Self.segments(admin) == [
          "aam:24 7", "aam:3 2", "aam:of-acme 0", "aam:of-zeta 0", "own:1 5",
        ])
      #expect(try Self.segments(acme) == ["aam:24 7", "aam:3 2", "aam:of-acme 0", "own:1 5"])
      #expect(try Self.segments(zeta) == ["aam:24 7", "aam:3 2", "aam:of-zeta 0"])
      #expect(try Self.segments(acme, "source=own") == ["own:1 5"])
      #expect(try Self.segments(acme, "prefix=aam:2") == ["aam:24 7"])
      #expect(try Self.segments(acme, "prefix=zzz").isEmpty)
      let page = try acme.json("GET", "/v1/segments")
      #expect(page["generation"] as? Int == 9)
      #expect(page["counted_at"] as? String == "1970-01-01T00:00:01.000Z")
    }
  }

  /// All pages together are the whole, whatever their size.
  @Test(arguments: 1...6)
  func pagesOfSegmentsMeet(size: Int) async throws {
    let rig = try UploadRig(census: Self.census)
    rig.rig.parts.advertisers.set(Self.advertisers())
    try await rig.serve { port in
      let admin = AccessClient(port: port).with(key: ControlRig.token)
      var names: [String] = []
      var token: String?
      repeat {
        let page = try admin.json(
          "GET", "/v1/segments?page_size=\(size)" + (token.map { "&page_token=\($0)" } ?? ""))
        let items = try #require(page["items"] as? [[String: Any]])
        #expect(items.count <= size)
        names += items.compactMap { $0["segment"] as? String }
        token = page["next_page_token"] as? String
      } while token != nil
      #expect(names == ["aam:24", "aam:3", "aam:of-acme", "aam:of-zeta", "own:1"])
    }
  }
}
