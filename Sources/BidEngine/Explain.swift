import AuctionTypes
import AudienceIndex
import CampaignCatalog
import FixedMemory
import OpenRTB

/// Why each line item would or would not bid on a request: what the pipeline itself decided, seen
/// by a tracer that writes it down. Spends nothing.
package struct Explanation: Sendable, Equatable {
  /// What became of a line item at an impression.
  package enum Verdict: Sendable, Equatable {
    /// It bids this, in the response's currency.
    case bids(CPM)
    /// The first stage that refused it.
    case refused(NoBidReason)
  }

  /// A line item and what became of it.
  package struct Line: Sendable, Equatable {
    /// `advertiser/campaign/line item`.
    package let path: String
    /// One for each impression, in the request's order.
    package let verdicts: [Verdict]
  }

  /// What the exchange would be answered.
  package let outcome: BidOutcome
  /// The body of that answer; empty without a bid.
  package let response: [UInt8]
  /// The currency of the prices.
  package let currency: CurrencyCode
  /// Every line item of the catalog, by path; none when the request is malformed.
  package let lines: [Line]
}

extension BidPipeline {
  /// Decides like ``decide`` and says what became of each line item. Not for the bid path.
  ///
  /// - Parameter advertisers: decides as if there were no others, so that nothing in the
  ///   explanation depends on what they do; nil for all there are.
  /// - Complexity: O(line items × impressions) on top of the decision.
  package mutating func explain(
    _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    _ audience: borrowing AudienceView, _ spaces: borrowing IdentitySpaces,
    only advertisers: Set<String>? = nil, into response: inout FixedBuffer
  ) -> Explanation {
    var tracer = RecordingTracer(knowing: Self.lineItems(of: advertisers, catalog))
    let outcome = run(body, context, catalog, audience, spaces, into: &response, &tracer)
    var bytes: [UInt8] = []
    for offset in 0..<response.count { bytes.append(response.bytes.byte(at: offset)) }
    var lines: [Explanation.Line] = []
    if case .noBid(let reason) = outcome { tracer.finish(reason) }
    let byPath = catalog.lineItems.indices.sorted {
      catalog.lineItems[$0].rank < catalog.lineItems[$1].rank
    }
    for lineItem in byPath where tracer.wasAsked && tracer.knows(lineItem) {
      lines.append(
        Explanation.Line(
          path: catalog.string(catalog.lineItems[lineItem].path),
          verdicts: tracer.verdicts(
            of: lineItem, impressions: max(1, request.impressions.count))))
    }
    return Explanation(
      outcome: outcome, response: bytes, currency: screened.currency, lines: lines)
  }

  private static func lineItems(
    of advertisers: Set<String>?, _ catalog: borrowing CampaignCatalog
  ) -> BitmapWords {
    var known = BitmapWords(bitCount: catalog.lineItemCount)
    guard let advertisers else {
      known.insertAll()
      return known
    }
    let isKnown = catalog.advertisers.indices.map { index in
      advertisers.contains(catalog.string(catalog.advertisers[index].id))
    }
    for index in catalog.lineItems.indices
    where isKnown[Int(catalog.lineItems[index].advertiser)] { known.insert(index) }
    return known
  }
}
