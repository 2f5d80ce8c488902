import CampaignDocuments
import Foundation
import Testing

@Suite struct RoundTripTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// What the objects of advertisers read back to.
  private static func reloaded(_ advertisers: [Advertiser]) throws -> [Advertiser] {
    let objects = advertisers.flatMap(DocumentObject.split)
    let set = DocumentSet.load(
      root: try DocumentNode.composed(of: objects), name: "objects",
      known: KnownReferences())
    #expect(set.errorLines == [])
    #expect(set.advertisers.flatMap(DocumentObject.split) == objects)
    return set.advertisers
  }

  @Test func readsBackWhateverCouldBeSaid() throws {
    for seed in UInt64(1)...200 {
      var random = RandomAdvertiser(seed: seed)
      let advertisers = (0..<2).map { random.next($0) }
      let same = try Self.reloaded(advertisers) == advertisers
      #expect(same, "seed \(seed)")
    }
  }

  @Test func readsBackTheText() throws {
    var random = RandomAdvertiser(seed: 7)
    let advertisers = (0..<20).map { random.next($0) }
    let root = try DocumentNode.composed(of: advertisers.flatMap(DocumentObject.split))
    let set = Samples.load(root.json, name: "d.json", known: KnownReferences())
    #expect(set.errorLines == [])
    #expect(set.advertisers == advertisers)
  }

  @Test(arguments: ["examples/quickstart/acme.yaml", "docs/documents.md"])
  func readsBackTheExamples(_ path: String) throws {
    let text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    let parts = text.components(separatedBy: "```yaml\n")
    let examples =
      parts.count == 1
      ? parts : parts.dropFirst().compactMap { $0.components(separatedBy: "```").first }
    for example in examples + [Samples.acme, Samples.small] {
      let set = Samples.load(example, known: KnownReferences())
      #expect(set.errorLines == [])
      #expect(try Self.reloaded(set.advertisers) == set.advertisers)
    }
  }

  @Test func keepsDeepAudiencesWithinTheLimit() throws {
    var expression = "{any: [x], all: [y], none: [z]}"
    for _ in 1..<CampaignLimits.audienceDepth {
      expression = "{any: [\(expression)], none: [z]}"
    }
    let set = Samples.load(
      Samples.small + "\n            targeting:\n              audience: \(expression)",
      known: KnownReferences())
    #expect(set.errorLines == [])
    #expect(try Self.reloaded(set.advertisers) == set.advertisers)
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00+00:01", nil), ("9999-12-31T23:59:59-00:01", nil),
    ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
    ("2024-02-29T23:59:59.007+01:00", "2024-02-29T22:59:59.007Z"),
    ("2100-03-01T00:00Z", "2100-03-01T00:00:00Z"),
    ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
  ])
  func writesInstantsThatReadBack(_ text: String, _ expected: String?) {
    #expect(InstantText.milliseconds(text).map(InstantText.spelled) == expected)
  }

  @Test func refusesARegionThatGrowsTooLongInCapitals() {
    let text = Samples.loadTargeting(
      "geo: {include: [{region: \(String(repeating: "ß", count: 126))}]}")
    #expect(text.errorLines.map { $0.hasSuffix("longer than 250 characters") } == [true])
  }

  @Test func splitsAndComparesTenThousandLineItemsQuickly() throws {
    let set = Samples.load(ScaleTests.document(lineItems: 10_000))
    let changed = Samples.load(
      ScaleTests.document(lineItems: 10_000).replacing("pacing: even", with: "pacing: asap"))
    let clock = ContinuousClock()
    var objects: [DocumentObject] = []
    let splitting = clock.measure { objects = set.advertisers.flatMap(DocumentObject.split) }
    let others = changed.advertisers.flatMap(DocumentObject.split)
    var changes: [DocumentChange] = []
    let comparing = clock.measure { changes = DocumentChange.between(objects, others) }
    let same = clock.measure { _ = DocumentChange.between(objects, objects) }
    var root: DocumentNode?
    let composing = clock.measure { root = try? DocumentNode.composed(of: objects) }
    print(
      "objects: 10,000 line items: split \(splitting), all changed \(comparing), "
        + "none changed \(same), composed \(composing)")
    #expect(objects.count == 10_003)
    #expect(changes.count == 10_000)
    #expect(root != nil)
    #expect(splitting + comparing < .seconds(60))
  }
}
