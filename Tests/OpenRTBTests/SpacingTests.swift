import Foundation
import Support
import Testing

@testable import OpenRTB

/// White space between the tokens of a request changes nothing of it (RFC 8259 section 2).
@Suite struct SpacingTests {
  let harness = RequestHarness()

  @Test func printedRequestsAreReadAsTheReferenceReadsThem() throws {
    var random = SeededGenerator(seed: 47)
    for (line, body) in try bodies().enumerated() {
      let tree = try JSONSerialization.jsonObject(with: Data(body))
      let root = try #require(tree as? [String: Any])
      guard (root["imp"] as? [Any] ?? []).count <= RequestLimits.impressions else { continue }
      let expected = ReferenceRequest(root: root).summary()
      for share in [0, 10, 100] {
        let spaced = Self.spaced(body, percent: share, &random)
        #expect(harness.decode(spaced) == .ok, "body \(line), \(share) %")
        let summary = harness.summary()
        for key in Set(expected.keys).union(summary.keys) {
          #expect(summary[key] == expected[key], "body \(line), \(share) %, \(key)")
        }
      }
    }
  }

  @Test(arguments: [
    #"{"id":"1","imp":[{"id":"1"}],"test" : 1,"tmax":100}"#,
    #"{"id":"1","imp":[{"id":"1"}],"test":1 ,"tmax" :100}"#,
    "{\"id\":\"1\",\"imp\":[{\"id\":\"1\"}],\"test\"\n:\t1,\"tmax\"\r\n: 100}",
  ])
  func aSpaceBeforeAColonLosesNothing(_ json: String) {
    #expect(harness.decode(json) == .ok)
    let summary = harness.summary()
    #expect(summary["test"] == "true")
    #expect(summary["tmax"] == "100")
  }

  @Test(arguments: [
    #"{"id":"1","x" garbage "y":1,"imp":[{"id":"1"}]}"#,
    #"{"id":"1","x" "y":1,"imp":[{"id":"1"}]}"#,
    #"{"id":"1","x","imp":[{"id":"1"}]}"#,
    #"{"id":"1","imp":[{"id":"1"}],"x" }"#,
  ])
  func aNameWithoutAColonIsMalformed(_ json: String) {
    #expect(harness.decode(json) == .malformed(.json))
  }

  private func bodies() throws -> [[UInt8]] {
    // A body with several inventories has no order in the reference's tree.
    let plain = SampleBodies.plain.replacingOccurrences(of: "\"app\":{\"bundle\":\"b\"},", with: "")
    return try ShippedRequestTests.bodies() + [Array(plain.utf8)]
  }

  /// The body with white space on both sides of so many of its tokens.
  private static func spaced(
    _ body: [UInt8], percent: Int, _ random: inout SeededGenerator
  ) -> [UInt8] {
    var spaced: [UInt8] = []
    var isInside = false
    var isEscaped = false
    for byte in body {
      let isToken = !isInside && "{}[]:,".utf8.contains(byte)
      if isToken { appendSpace(percent, to: &spaced, &random) }
      spaced.append(byte)
      if isToken { appendSpace(percent, to: &spaced, &random) }
      if byte == UInt8(ascii: "\""), !isEscaped { isInside.toggle() }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return spaced
  }

  private static func appendSpace(
    _ percent: Int, to body: inout [UInt8], _ random: inout SeededGenerator
  ) {
    guard Int(random.next() % 100) < percent else { return }
    for _ in 0...random.next() % 3 { body.append(Array(" \n\r\t".utf8)[Int(random.next() % 4)]) }
  }
}
