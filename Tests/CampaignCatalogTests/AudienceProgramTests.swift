import AuctionTypes
import CampaignDocuments
import FixedMemory
import Support
import Testing

@testable import CampaignCatalog

struct AudienceProgramTests {
  private let model = AudienceModel(segmentCount: 12)

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func holdsAsTheExpressionDoes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let registry = SegmentRegistry()
    var builder = AudienceProgramBuilder(registry: registry)
    let expressions = (0..<40).map { _ in
      model.random(CampaignLimits.audienceDepth - 1, &generator)
    }
    let clauses = expressions.map { builder.append($0) }
    let program = AudienceProgram(nodes: FixedArray(copying: builder.nodes))
    for _ in 0..<40 {
      let user = Set(model.names.filter { _ in Bool.random(using: &generator) })
      var bits = BitmapWords(bitCount: 32)
      for name in user { bits.insert(Int(registry.intern(name).rawValue)) }
      for (expression, clause) in zip(expressions, clauses) {
        let isSatisfied = program.isSatisfied(clause, by: bits)
        #expect(
          isSatisfied == model.holds(expression, user), "seed \(seed): \(expression) for \(user)")
      }
    }
    for expression in expressions {
      #expect(AudienceProgramBuilder.holdsForNobody(expression) == model.holds(expression, []))
    }
  }

  @Test func aSegmentPastTheBitmapHasNoMember() {
    let registry = SegmentRegistry()
    for number in 0..<100 { _ = registry.intern("other:\(number)") }
    var builder = AudienceProgramBuilder(registry: registry)
    let positive = builder.append(.segment("late:1"))
    let negative = builder.append(.none([.segment("late:1")]))
    let program = AudienceProgram(nodes: FixedArray(copying: builder.nodes))
    let bits = BitmapWords(bitCount: 100)
    let isPositive = program.isSatisfied(positive, by: bits)
    let isNegative = program.isSatisfied(negative, by: bits)
    #expect(!isPositive)
    #expect(isNegative)
  }

  @Test func anEmptyClauseHoldsForEveryone() {
    let program = AudienceProgram(nodes: FixedArray(copying: []))
    let bits = BitmapWords(bitCount: 1)
    let isSatisfied = program.isSatisfied(IndexRange(0..<0), by: bits)
    #expect(isSatisfied)
  }
}
