import AuctionTypes
import AudienceIndex
import CampaignCatalog
import FixedMemory

extension BidPipeline {
  /// Decides like ``decide``, now and then measures the stages, and now and then counts what became
  /// of each line item.
  ///
  /// - Complexity: O(line items) on top of the decision, for the requests that are judged.
  package mutating func decide(
    _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    _ audience: borrowing AudienceView, _ spaces: borrowing IdentitySpaces,
    into response: inout FixedBuffer, countedBy funnel: inout FunnelTracer,
    timedBy timing: inout TimingTracer
  ) -> BidOutcome {
    let isMeasured = timing.isDue()
    if isMeasured { timing.begin() }
    guard !isMeasured, funnel.isDue(at: context.now, lineItems: catalog.lineItemCount) else {
      let outcome = run(body, context, catalog, audience, spaces, into: &response, &timing)
      funnel.passOver(outcome, isTest: request.isTest)
      return outcome
    }
    funnel.begin(lineItemCount: catalog.lineItemCount)
    let outcome = run(body, context, catalog, audience, spaces, into: &response, &funnel)
    funnel.finish(outcome, isTest: request.isTest, catalog)
    return outcome
  }
}
