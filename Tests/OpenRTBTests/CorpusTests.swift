import Foundation
import Testing

@testable import OpenRTB

/// Bodies of public projects' documents and tests, where the folder beside the package has them.
enum Corpus {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/corpus")

  static let file = folder.appendingPathComponent("bid-requests.ndjson")

  static var isPresent: Bool { FileManager.default.fileExists(atPath: file.path) }

  /// The bytes of each line's last member, `request`.
  static func bodies() throws -> [[UInt8]] {
    let marker = Array("\"request\":".utf8)
    return try Data(contentsOf: file).split(separator: 0x0A).map { line in
      let range = try #require(line.firstRange(of: marker))
      return Array(line[range.upperBound...].dropLast())
    }
  }
}

@Suite(.enabled(if: Corpus.isPresent)) struct CorpusTests {
  /// What the contract says of a body, over Foundation's tree.
  static func expectedOutcome(_ root: [String: Any]) -> DecodeOutcome {
    func id(_ value: Any?) -> String {
      if let text = value as? String { return text }
      return (value as? NSNumber)?.stringValue ?? ""
    }
    if id(root["id"]).isEmpty { return .malformed(.noID) }
    if root.count == 1 { return .ping }
    let impressions = root["imp"] as? [Any] ?? []
    if impressions.isEmpty { return .malformed(.noImpressions) }
    let ids = impressions.map { id(($0 as? [String: Any])?["id"]) }
    if ids.contains("") { return .malformed(.impressionWithoutID) }
    return Set(ids).count == ids.count ? .ok : .malformed(.duplicateImpressionID)
  }

  @Test func decodesEveryBodyAsTheReferenceDoes() throws {
    let harness = RequestHarness()
    let bodies = try Corpus.bodies()
    #expect(bodies.count == 1_727)
    var outcomes: [String: Int] = [:]
    for (line, body) in bodies.enumerated() {
      let tree = try JSONSerialization.jsonObject(with: Data(body))
      let root = try #require(tree as? [String: Any])
      let outcome = harness.decode(body)
      outcomes["\(outcome)", default: 0] += 1
      #expect(outcome == Self.expectedOutcome(root), "line \(line + 1)")
      guard outcome == .ok else { continue }
      let kinds = ["site", "app", "dooh"].filter { root[$0] is [String: Any] }
      if kinds.count > 1 { continue }
      let expected = ReferenceRequest(root: root).summary()
      let summary = harness.summary()
      for key in Set(expected.keys).union(summary.keys) {
        #expect(summary[key] == expected[key], "line \(line + 1), \(key)")
      }
    }
    print("corpus outcomes: \(outcomes)")
  }

  /// Requests that another server refuses, most for rules that are its own.
  @Test func judgesRefusedRequestsByTheRulesOfOpenRTBAlone() throws {
    let file = Corpus.folder.appendingPathComponent("invalid-requests.json")
    let tree = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let vectors = try #require(tree?["invalid"] as? [[String: Any]])
    let harness = RequestHarness()
    var rules: [String: Int] = [:]
    for vector in vectors {
      // One vector has no request.
      guard let root = vector["request"] as? [String: Any] else { continue }
      let body = try JSONSerialization.data(withJSONObject: root)
      let outcome = harness.decode(Array(body))
      #expect(outcome == Self.expectedOutcome(root), "\(vector["description"] ?? "")")
      if case .malformed(let rule) = outcome { rules["\(rule)", default: 0] += 1 }
    }
    print("refused requests: \(vectors.count), by OpenRTB's rules: \(rules)")
    #expect(rules["noImpressions"] == 2)
    #expect(rules["duplicateImpressionID"] == 1)
  }
}
