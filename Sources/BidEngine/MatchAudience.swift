import AuctionTypes
import AudienceIndex
import CampaignCatalog
import FixedMemory

/// Who the user of a request is, as far as it may be known.
struct IdentifiedUser {
  /// The key of caps and user shares; nil without a usable id.
  var key: UserKey?

  /// The user as frequency caps know it; zero without a usable id.
  var capUser: UInt64 { key.map { max(1, $0.low) } ?? 0 }
}

extension BidPipeline {
  /// Looks the ids up; a user with a suppressed id is one without ids.
  static func lookUpUser(
    _ keys: borrowing FixedArray<UserKey>, _ audience: borrowing AudienceView,
    into scratch: inout AudienceScratch
  ) -> IdentifiedUser {
    let result = audience.lookup(keys.span, into: &scratch)
    if result.isSuppressed || keys.isEmpty { return IdentifiedUser(key: nil) }
    return IdentifiedUser(key: keys[0])
  }

  /// Narrows the line items by their audience clauses and user shares.
  static func matchUser<Tracer: DecisionTracer & ~Copyable>(
    _ user: IdentifiedUser, _ segments: borrowing AudienceScratch,
    _ catalog: borrowing CampaignCatalog, _ state: inout MatchState, _ tracer: inout Tracer
  ) -> NoBidReason? {
    if user.key == nil {
      let isLeft = state.candidates.formIntersection(catalog.withoutAudience)
      tracer.narrowed(.identity, impression: -1, state.candidates)
      if !isLeft { return .identity }
    } else {
      let isLeft = matchAudience(segments, catalog, &state)
      tracer.narrowed(.audience, impression: -1, state.candidates)
      if !isLeft { return .audience }
    }
    guard catalog.hasUserShares else { return nil }
    matchUserPercent(user, catalog, &state)
    tracer.narrowed(.userPercent, impression: -1, state.candidates)
    return state.candidates.isEmpty ? .userPercent : nil
  }

  /// Most clauses are judged by the columns of the user's segments; the rest are asked where they
  /// name one of them, and are else what they are for nobody. Says whether any is left.
  private static func matchAudience(
    _ segments: borrowing AudienceScratch, _ catalog: borrowing CampaignCatalog,
    _ state: inout MatchState
  ) -> Bool {
    if !segments.isComplete { return matchEveryClause(segments, catalog, &state) }
    if segments.count == 0 { return state.candidates.formIntersection(catalog.satisfiedByNobody) }
    state.questions.removeAll()
    state.rows.removeAll()
    var isLeft = catalog.audienceColumns.narrow(
      &state.candidates, to: segments.list.span, &state.rows, asked: &state.asked,
      questions: &state.questions)
    guard !state.questions.isEmpty else { return isLeft }
    for index in state.questions.indices {
      let lineItem = Int(state.questions[index])
      state.asked.remove(lineItem)
      if isSatisfied(lineItem, segments, catalog) {
        state.candidates.insert(lineItem)
        isLeft = true
      } else {
        state.candidates.remove(lineItem)
      }
    }
    return isLeft && !state.candidates.isEmpty
  }

  /// For a user with more segments than are listed.
  private static func matchEveryClause(
    _ segments: borrowing AudienceScratch, _ catalog: borrowing CampaignCatalog,
    _ state: inout MatchState
  ) -> Bool {
    var isLeft = false
    var next = state.candidates.firstBit()
    while let lineItem = next {
      if isSatisfied(lineItem, segments, catalog) {
        isLeft = true
      } else {
        state.candidates.remove(lineItem)
      }
      next = state.candidates.firstBit(from: lineItem + 1)
    }
    return isLeft
  }

  private static func isSatisfied(
    _ lineItem: Int, _ segments: borrowing AudienceScratch, _ catalog: borrowing CampaignCatalog
  ) -> Bool {
    catalog.audience.isSatisfied(catalog.lineItems[lineItem].audience, by: segments.bits)
  }

  /// The share of a user is the same for every line item, so that halves can be told apart.
  private static func matchUserPercent(
    _ user: IdentifiedUser, _ catalog: borrowing CampaignCatalog, _ state: inout MatchState
  ) {
    guard state.stageSet.assignIntersection(of: catalog.withUserShare, state.candidates) else {
      return
    }
    let percent = user.key.map { UInt8(truncatingIfNeeded: ($0.low >> 32) % 100) }
    var next = state.stageSet.firstBit()
    while let index = next {
      let lineItem = catalog.lineItems[index]
      let isIn = percent.map { $0 >= lineItem.userPercentFrom && $0 < lineItem.userPercentTo }
      if isIn != true { state.candidates.remove(index) }
      next = state.stageSet.firstBit(from: index + 1)
    }
  }
}
