import AuctionTypes
import AudienceIndex
import CampaignCatalog
import FixedMemory

/// Tells someone outside as the stages of a decision end, who knows a clock or counts otherwise.
package struct StageTracer: ~Copyable, DecisionTracer {
  static var isThorough: Bool { false }

  private let onEnd: @Sendable (DecisionStage) -> Void

  /// - Parameter onEnd: called at the end of each stage, in the order of the stages; those that a
  ///   request does not come to are left out, those inside of ranking come for each bid.
  package init(onEnd: @escaping @Sendable (DecisionStage) -> Void) { self.onEnd = onEnd }

  mutating func narrowed(_ reason: NoBidReason, impression: Int, _ left: borrowing BitmapWords) {}
  mutating func refused(lineItem: Int, _ reason: NoBidReason, impression: Int) {}
  mutating func chose(lineItem: Int, impression: Int, price: CPM) {}
  mutating func finished(_ stage: DecisionStage) { onEnd(stage) }
}

extension BidPipeline {
  /// Decides like ``decide`` and says when each stage ends.
  package mutating func decide(
    _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    _ audience: borrowing AudienceView, _ spaces: borrowing IdentitySpaces,
    into response: inout FixedBuffer, tracedBy tracer: inout StageTracer
  ) -> BidOutcome {
    run(body, context, catalog, audience, spaces, into: &response, &tracer)
  }
}
