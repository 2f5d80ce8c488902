import CampaignDocuments
import Testing

@testable import nod

/// Which sources may name their segments alike, and which spaces extended ids may name.
@Suite struct SourcePrefixTests {
  private static func load(_ one: String, _ other: String) -> LoadedConfiguration {
    Samples.load(
      """
      audience:
        sources:
          - {name: a, format: adobe-outbound, \(one)}
          - {name: b, format: adobe-outbound, \(other)}
      """)
  }

  @Test(arguments: [
    (#"id_space: nod, segment_prefix: "s:""#, #"id_space: nod, segment_prefix: "t:""#),
    (#"id_space: nod, segment_prefix: "s:""#, #"id_space: ifa, segment_prefix: "s:""#),
    (#"id_space: nod, segment_prefix: "s:""#, #"id_space: ifa, segment_prefix: "s:x:""#),
  ])
  func acceptsWhatCanBeToldApart(_ one: String, _ other: String) {
    #expect(Self.load(one, other).configuration != nil)
  }

  @Test(arguments: [
    (
      #"id_space: nod, segment_prefix: "s:""#, #"id_space: nod, segment_prefix: "s:""#,
      "both are of the id space `nod`"
    ),
    (
      #"id_space: nod, segment_prefix: "s:x:""#, #"id_space: nod, segment_prefix: "s:""#,
      "both are of the id space `nod`"
    ),
    (
      #"id_space: nod, segment_prefix: "s:""#,
      #"id_space: ifa, segment_prefix: "s:", full_replaces: all, manifest: required"#,
      "a full file of one replaces all of its segments"
    ),
    (
      #"id_space: nod, segment_prefix: "s:""#,
      #"id_space: ifa, segment_prefix: "s:", advertiser: acme"#, "one is an advertiser's alone"
    ),
  ])
  func refusesWhatOneFileWouldTakeFromAnother(_ one: String, _ other: String, _ reason: String) {
    let loaded = Self.load(one, other)
    #expect(loaded.configuration == nil)
    #expect(loaded.problems.contains { $0.description.contains(reason) }, "\(loaded.problems)")
  }

  @Test func extendedIDsCannotNameTheSpacesOfOtherFields() throws {
    let loaded = Samples.load(
      """
      audience:
        sources:
          - {name: a, format: adobe-outbound, id_space: ifa, segment_prefix: "a:"}
          - {name: b, format: adobe-outbound, id_space: partner.example, segment_prefix: "b:"}
          - {name: c, format: adobe-outbound, id_space: x, segment_prefix: "c:"}
      exchanges: [{name: x}]
      """)
    let configuration = try #require(loaded.configuration)
    #expect(configuration.extendedIDSources == ["partner.example"])
  }
}
