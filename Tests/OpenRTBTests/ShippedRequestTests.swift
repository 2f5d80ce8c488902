import Foundation
import Testing

@testable import OpenRTB

/// The requests that come with the project.
@Suite struct ShippedRequestTests {
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The quickstart's sixty, as they are sent, and the one that all figures use.
  static func bodies() throws -> [[UInt8]] {
    let file = package.appendingPathComponent("examples/quickstart/requests.ndjson")
    let marker = Array("\"request\":".utf8)
    let lines = try Data(contentsOf: file).split(separator: 0x0A)
    return try lines.map { line in
      let range = try #require(line.firstRange(of: marker))
      return Array(line[range.upperBound...].dropLast())
    } + [try SampleBodies.banner()]
  }

  @Test func areReadAsTheReferenceReadsThem() throws {
    let harness = RequestHarness()
    let bodies = try Self.bodies()
    #expect(bodies.count == 65)
    for (line, body) in bodies.enumerated() {
      let tree = try JSONSerialization.jsonObject(with: Data(body))
      let root = try #require(tree as? [String: Any])
      let isTooMuch = (root["imp"] as? [Any] ?? []).count > RequestLimits.impressions
      #expect(harness.decode(body) == (isTooMuch ? .capacity : .ok), "line \(line + 1)")
      guard !isTooMuch else { continue }
      let expected = ReferenceRequest(root: root).summary()
      let summary = harness.summary()
      for key in Set(expected.keys).union(summary.keys) {
        #expect(summary[key] == expected[key], "line \(line + 1), \(key)")
      }
    }
  }
}
