import CampaignDocuments
import Testing

@Suite struct DocumentChangeTests {
  private static func objects(_ text: String) -> [DocumentObject] {
    Samples.load(text).advertisers.flatMap(DocumentObject.split)
  }

  /// Changes as lines: `~ a/k /status "active" → "paused"`.
  private static func lines(_ changes: [DocumentChange]) -> [String] {
    changes.flatMap { change in
      change.fields.map { field in
        let sign = [DocumentChange.Action.create: "+", .update: "~", .delete: "-"][change.action]
        guard change.action == .update else { return "\(sign ?? "") \(change.object.path)" }
        return "~ \(change.object.path) \(field.pointer) "
          + "\(field.before ?? "∅") → \(field.after ?? "∅")"
      }
    }
  }

  @Test func findsNothingWhereNothingChanged() {
    let objects = Self.objects(Samples.acme)
    #expect(DocumentChange.between(objects, objects.reversed()) == [])
  }

  @Test(arguments: [
    ("id: k", "id: k\n        status: paused", [#"~ a/k /status "active" → "paused""#]),
    (
      "daily_micros: 1", "total_micros: 2",
      [
        "~ a/k /budget/daily_micros 1 → ∅", "~ a/k /budget/total_micros ∅ → 2",
      ]
    ),
    (
      "{model: cpm, amount_micros: 1}", "{model: cpm, amount_micros: 3}",
      [
        "~ a/k/l /bid/amount_micros 1 → 3"
      ]
    ),
    (
      "creatives: [c]", "creatives: [c]\n            targeting: {geo: {include: [{country: FR}]}}",
      [
        #"~ a/k/l /targeting/geo/include ∅ → [{"country":"FRA"}]"#
      ]
    ),
    (
      "domain: a.example", "domain: a.example\n    seats: {x/y: s}",
      [
        #"~ a /seats/x~1y ∅ → "s""#
      ]
    ),
    ("w: 300", "w: 301", ["~ a/creatives/c /w 300 → 301"]),
    ("id: k", "id: m", ["~ a/m/l /campaign \"k\" → \"m\"", "+ a/m", "- a/k"]),
    ("id: l", "id: n", ["+ a/k/n", "- a/k/l"]),
  ])
  func findsEachField(_ old: String, _ new: String, _ expected: [String]) {
    let text = Samples.small.replacing("x/y", with: "x")
    let after = DocumentSet.load(
      files: [.init(name: "d", bytes: Array(text.replacing(old, with: new).utf8))]
    ).advertisers.flatMap(DocumentObject.split)
    let changes = DocumentChange.between(Self.objects(text), after)
    #expect(Self.lines(changes).sorted() == expected.sorted())
  }

  @Test func listsAdvertisersThenKindsThenPlaces() {
    let second = Samples.small.split(separator: "\n").dropFirst().joined(separator: "\n")
      .replacing("id: a\n", with: "id: b\n").replacing("id: l\n", with: "id: l9\n")
    let both = Self.objects(Samples.small + "\n" + second)
    let first = Self.objects(Samples.small)
    #expect(
      Self.lines(DocumentChange.between(first, both)) == [
        "+ b", "+ b/creatives/c", "+ b/k", "+ b/k/l9",
      ])
    #expect(
      Self.lines(DocumentChange.between(both, Array(both.dropFirst(4)))) == [
        "- a", "- a/creatives/c", "- a/k", "- a/k/l",
      ])
  }

  @Test func showsTheWholeObjectThatIsNewOrGone() {
    let object = DocumentObject(kind: .advertiser, advertiser: "a", id: "a", json: "{}")
    #expect(
      DocumentChange.between([], [object]).map { $0.fields } == [
        [FieldChange(pointer: "", before: nil, after: "{}")]
      ])
    #expect(
      DocumentChange.between([object], []).map { $0.fields } == [
        [FieldChange(pointer: "", before: "{}", after: nil)]
      ])
  }
}
