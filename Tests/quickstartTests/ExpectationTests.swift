import Foundation
import Testing

@testable import quickstart

@Suite struct ExpectationTests {
  static let one = """
    {"name":"a","outcome":"bid","cur":"EUR","others":false,
    "bids":[{"impid":"1","line_item":"acme/spring/basket","price":3.8888}]}
    """
  static let deal = """
    {"name":"a","outcome":"bid","cur":"USD","others":true,
    "bids":[{"impid":"1","line_item":"acme/deals/premium","price":6,"dealid":"d"}]}
    """
  static let two = """
    {"name":"a","outcome":"bid","cur":"USD","others":false,"bids":[{"impid":"1"},{"impid":"2"}]}
    """

  static func bid(_ members: String) -> String { #"{"impid":"1","price":6,\#(members)}"# }

  static func response(_ bids: String, cur: String = #","cur":"USD""#) -> String {
    #"{"id":"r","seatbid":[{"seat":"nod","bid":[\#(bids)]}]\#(cur)}"#
  }

  @Test(arguments: [
    (one, #"{"impid":"1","price":3.8888,"cid":"spring"}"#, #","cur":"EUR""#),
    (deal, bid(#""cid":"deals","dealid":"d""#), ""),
    (deal, bid(#""cid":"deals","dealid":"d""#) + "," + bid(#""cid":"x""#), #","cur":"USD""#),
    (two, #"{"impid":"2","price":1,"cid":"a"},{"impid":"1","price":2,"cid":"b"}"#, ""),
  ])
  func acceptsWhatIsListed(expected: String, bids: String, cur: String) throws {
    let expectation = try Samples.expectation(expected)
    let answer = Samples.answer(200, Self.response(bids, cur: cur))
    #expect(expectation.objection(to: answer) == nil)
  }

  @Test(arguments: [
    (one, #"{"impid":"1","price":3.8888,"cid":"spring"}"#, #","cur":"USD""#, "bids in USD"),
    (one, #"{"impid":"1","price":3.8888,"cid":"spring"}"#, "", "bids in USD"),
    (one, #"{"impid":"1","price":3.8889,"cid":"spring"}"#, #","cur":"EUR""#, "as listed"),
    (one, #"{"impid":"1","price":3.8888,"cid":"summer"}"#, #","cur":"EUR""#, "as listed"),
    (one, #"{"impid":"2","price":3.8888,"cid":"spring"}"#, #","cur":"EUR""#, "as listed"),
    (deal, bid(#""cid":"deals""#), "", "as listed"),
    (two, #"{"impid":"1","price":2,"cid":"b"}"#, "", "impression 2"),
    (
      two, bid(#""cid":"b""#) + #",{"impid":"2","price":2,"cid":"b"},"# + bid(#""cid":"c""#), "",
      "3 bids instead of 2"
    ),
    (one, "{", "", "cannot be read"),
  ])
  func objectsToAnythingElse(
    expected: String, bids: String, cur: String, objection: String
  ) throws {
    let expectation = try Samples.expectation(expected)
    let answer = Samples.answer(200, Self.response(bids, cur: cur))
    let found = try #require(expectation.objection(to: answer))
    #expect(found.contains(objection))
  }

  @Test func holdsRefusalsToTheirReason() throws {
    let refusal = try Samples.refusal("floor")
    let bid = try Samples.expectation(Self.one)
    #expect(refusal.objection(to: Samples.answer(204, reason: "floor")) == nil)
    let cases = [
      refusal.objection(to: Samples.answer(204, reason: "geo")): "geo instead of floor",
      refusal.objection(to: Samples.answer(204)): "status 204 instead of floor",
      refusal.objection(to: Samples.answer(200)): "a bid instead of floor",
      refusal.objection(to: Samples.answer(400, reason: "floor")): "floor instead of floor",
      bid.objection(to: Samples.answer(204, reason: "geo")): "geo instead of a bid",
      bid.objection(to: Samples.answer(400)): "status 400 instead of a bid",
    ]
    for (found, wanted) in cases { #expect(found == wanted) }
  }

  @Test func theShippedRequestsHaveExpectations() throws {
    let folder = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("examples/quickstart").path
    let requests = try BidRequest.load(folder: folder)
    #expect(requests.count == 64)
    #expect(requests.count { $0.expectation.outcome == "bid" } >= 20)
    for request in requests {
      let body = try JSONSerialization.jsonObject(with: Data(request.body))
      #expect((body as? [String: Any])?["id"] is String, "\(request.name)")
      #expect((request.expectation.outcome == "bid") == (request.expectation.reason == nil))
    }
  }
}
