import CampaignDocuments
import Foundation
import Testing

/// Documents that users are shown are held to the rules.
@Suite struct ShippedDocumentTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func theReferencesExamplesAreValid() throws {
    let reference = try String(
      contentsOf: Self.root.appendingPathComponent("docs/documents.md"), encoding: .utf8)
    let examples = reference.components(separatedBy: "```yaml\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    #expect(examples.count >= 2)
    for example in examples { #expect(Samples.load(example).errorLines == []) }
  }

  @Test func theQuickstartsDocumentIsValid() {
    let path = Self.root.appendingPathComponent("examples/quickstart/acme.yaml").path
    let known = KnownReferences(
      exchanges: ["example", "metro"], segments: [KnownReferences.SegmentScope(prefix: "aam:")])
    let set = DocumentSet.load(paths: [path], known: known)
    #expect(set.errorLines == [])
    #expect(set.warningLines == [])
    #expect(set.advertisers.first?.campaigns.flatMap { $0.lineItems }.count == 10)
  }
}
