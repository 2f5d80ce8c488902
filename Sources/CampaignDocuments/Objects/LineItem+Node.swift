extension LineItem {
  /// The line item as a document has it.
  var node: DocumentNode {
    .map([
      "id": .string(id),
      "status": .string(status.rawValue),
      "bid": bid.node,
      "budget": budget.node,
      "pacing": .string(pacing.rawValue),
      "frequency_caps": .listUnlessEmpty(frequencyCaps) { $0.node },
      "creatives": .list(creativeIDs.map { .string($0) }),
      "targeting": targeting.node.unlessEmpty,
    ])
  }
}

extension Bid {
  /// The bid as a document has it.
  var node: DocumentNode {
    .map([
      "model": .string(model.rawValue),
      "amount_micros": .plain(amountMicros),
      "max_cpm_micros": maxCPMMicros.map { .plain($0) },
      "prior_ctr": priorCTRPartsPerMillion.map(Self.rate),
      "prior_cvr": priorCVRPartsPerMillion.map(Self.rate),
      "shading": .string(shading.rawValue),
    ])
  }

  private static func rate(_ partsPerMillion: Int) -> DocumentNode {
    .plain(FixedPoint.spelled(Int64(partsPerMillion), decimals: 6))
  }
}
