import AuctionTypes
import CampaignDocuments
import FixedMemory
import Support
import Testing

@testable import CampaignCatalog

struct AudienceProgramTests {
  private static let names = (0..<12).map { "aam:\($0)" }

  /// The contract's words: any, all, none over the user's segments.
  private func holds(_ expression: AudienceExpression, _ user: Set<String>) -> Bool {
    switch expression {
    case .segment(let name): user.contains(name)
    case .any(let parts): parts.contains { holds($0, user) }
    case .all(let parts): !parts.contains { !holds($0, user) }
    case .none(let parts): !parts.contains { holds($0, user) }
    }
  }

  private func random(_ depth: Int, _ generator: inout SeededGenerator) -> AudienceExpression {
    if depth == 0 || Int.random(in: 0..<3, using: &generator) == 0 {
      return .segment(Self.names.randomElement(using: &generator)!)
    }
    let parts = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      random(depth - 1, &generator)
    }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return .any(parts)
    case 1: return .all(parts)
    default: return .none(parts)
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func holdsAsTheExpressionDoes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let registry = SegmentRegistry()
    var builder = AudienceProgramBuilder(registry: registry)
    let expressions = (0..<40).map { _ in
      random(CampaignLimits.audienceDepth - 1, &generator)
    }
    let clauses = expressions.map { builder.append($0) }
    let program = AudienceProgram(nodes: FixedArray(copying: builder.nodes))
    for _ in 0..<40 {
      let user = Set(Self.names.filter { _ in Bool.random(using: &generator) })
      var bits = BitmapWords(bitCount: 32)
      for name in user { bits.insert(Int(registry.intern(name).rawValue)) }
      for (expression, clause) in zip(expressions, clauses) {
        let isSatisfied = program.isSatisfied(clause, by: bits)
        #expect(isSatisfied == holds(expression, user), "seed \(seed): \(expression) for \(user)")
      }
    }
    for expression in expressions {
      #expect(AudienceProgramBuilder.holdsForNobody(expression) == holds(expression, []))
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
