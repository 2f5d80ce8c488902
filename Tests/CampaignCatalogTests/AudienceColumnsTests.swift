import AuctionTypes
import CampaignDocuments
import FixedMemory
import Support
import Testing

@testable import CampaignCatalog

struct AudienceColumnsTests {
  private let model = AudienceModel(segmentCount: 10)

  /// Some line items have no clause; with 200 of them and ten segments, columns are lists and rows.
  @Test(arguments: [1, 2, 3, 5, 40, 200, 700])
  func narrowsToTheLineItemsWhoseClauseHoldsButForThoseItAsks(lineItemCount: Int) {
    let seed = UInt64(lineItemCount)
    var generator = SeededGenerator(seed: seed)
    let registry = SegmentRegistry()
    var builder = AudienceColumnsBuilder(registry: registry)
    let clauses = (0..<lineItemCount).map { _ in
      Int.random(in: 0..<4, using: &generator) == 0
        ? nil : model.random(Int.random(in: 0...4, using: &generator), &generator)
    }
    for (lineItem, clause) in clauses.enumerated() {
      if let clause { builder.add(clause, lineItem: lineItem) }
    }
    let columns = builder.build(lineItemCount: lineItemCount)
    var rows = BitmapRows(rows: 5, bitCount: lineItemCount)
    var asked = BitmapWords(bitCount: lineItemCount)
    var questions = FixedArray<UInt32>(capacity: lineItemCount)
    for _ in 0..<60 {
      let user = Set(model.names.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 })
      var candidates = BitmapWords(bitCount: lineItemCount)
      for lineItem in 0..<lineItemCount where Bool.random(using: &generator) {
        candidates.insert(lineItem)
      }
      let before = candidates.members
      let late = SegmentID(rawValue: 1_000)
      let segments = FixedArray(copying: [late] + user.map(registry.intern))
      rows.reset(bitCount: lineItemCount)
      questions.removeAll()
      let isLeft = columns.narrow(
        &candidates, to: segments.span, &rows, asked: &asked, questions: &questions)
      let left = candidates.members
      var unsure: Set<Int> = []
      for index in questions.indices {
        unsure.insert(Int(questions[index]))
        asked.remove(Int(questions[index]))
      }
      #expect(isLeft == !left.isEmpty)
      #expect(unsure.isSubset(of: before) && unsure.count == questions.count)
      for lineItem in before where !unsure.contains(lineItem) {
        let clause = clauses[lineItem]
        #expect(
          left.contains(lineItem) == (clause.map { model.holds($0, user) } ?? true),
          "seed \(seed): \(String(describing: clause)) for \(user)")
      }
      #expect(Set(left).isSubset(of: before) && asked.members.isEmpty)
    }
  }

  /// What is put as requirements, and what is not.
  @Test func putsClausesAsSetsWhereItCan() {
    let registry = SegmentRegistry()
    let (a, b, c, d) = (
      AudienceExpression.segment("s:a"), AudienceExpression.segment("s:b"),
      AudienceExpression.segment("s:c"), AudienceExpression.segment("s:d")
    )
    func sets(_ clause: AudienceExpression) -> [Set<String>]? {
      AudienceRequirements(clause, registry).map { requirements in
        (requirements.wanted + [requirements.unwanted]).map { Set($0.compactMap(registry.name)) }
      }
    }
    #expect(sets(a) == [["s:a"], []])
    #expect(sets(.any([a, b])) == [["s:a", "s:b"], []])
    #expect(sets(.all([.any([a, b]), c])) == [["s:a", "s:b"], ["s:c"], []])
    #expect(sets(.all([a, .none([b, .any([c, d])])])) == [["s:a"], ["s:b", "s:c", "s:d"]])
    #expect(sets(.any([.all([a, b]), c])) == [["s:a", "s:c"], ["s:b", "s:c"], []])
    #expect(sets(.none([.none([a])])) == [["s:a"], []])
    #expect(sets(.none([.all([.none([a]), .none([b])])])) == [["s:a", "s:b"], []])
    #expect(sets(.any([a, .none([b])])) == nil)
    #expect(sets(.none([.all([a, b])])) == nil)
    let four = [a, b, c, d]
    #expect(sets(.all(four))?.count == CatalogLimits.audienceRequirements + 1)
    #expect(sets(.all(four + [.segment("s:e")])) == nil)
    #expect(sets(.any([.all([a, b, c]), .all([a, d])])) == nil)
    #expect(sets(.any([])) == [[], []])
    #expect(sets(.all([])) == [[]])
    #expect(sets(.any([.none([b])])) == [["s:b"]])
    #expect(sets(.any([a, .all([])])) == [[]])
    #expect(
      sets(.any([.any([a, b]), .none([.none([c])]), d])) == [["s:a", "s:b", "s:c", "s:d"], []])
    #expect(
      sets(.none([.all([.none([a]), .none([.all([b, c])])])])) == [
        ["s:a", "s:b"], ["s:a", "s:c"], [],
      ])
  }

  /// As many segments as a clause may have are one set, whatever stands between them.
  @Test func putsManySegmentsAsOneSet() {
    let registry = SegmentRegistry()
    let all = (0..<CampaignLimits.audienceSegments - 2).map {
      AudienceExpression.segment("s:\($0)")
    }
    let pair = AudienceExpression.all([.segment("s:x"), .segment("s:y")])
    let nested = AudienceExpression.any(Array(all[..<400]) + [pair, .any(Array(all[400...]))])
    let names = Set(all.indices.map { "s:\($0)" })
    for (clause, expected) in [
      (.any(all), [names]), (nested, [names.union(["s:x"]), names.union(["s:y"])]),
    ] as [(AudienceExpression, [Set<String>])] {
      let requirements = AudienceRequirements(clause, registry)
      #expect(requirements?.wanted.map { Set($0.compactMap(registry.name)) } == expected)
      #expect(requirements?.unwanted == [])
    }
    #expect(AudienceRequirements(.none(all), registry)?.unwanted.count == all.count)
  }

  @Test func hasARoleAndAPlaceForEachWantedSet() {
    let sets = CatalogLimits.audienceRequirements
    #expect(Int(AudienceRole.unwanted.rawValue) == sets)
    #expect(AudienceColumns.SetPlaces(repeating: RowPlace(table: 0)).count == sets)
    #expect((0..<sets).map { AudienceRole.wanted($0).rawValue } == (0..<UInt32(sets)).map { $0 })
    #expect(AudienceRole.allCases.count <= Int(AudienceColumns.Head.roleMask) + 1)
  }

  @Test func refusesAWantedSetWithoutARole() async {
    await #expect(processExitsWith: .failure) {
      _ = AudienceRole.wanted(CatalogLimits.audienceRequirements)
    }
  }
}
