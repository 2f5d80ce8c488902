/// What is bid for, with which creatives, and for how much.
package struct LineItem: Sendable, Equatable {
  /// Unique among all line items of the advertiser.
  package let id: String
  /// Whether it runs.
  package let status: Status
  /// What it pays.
  package let bid: Bid
  /// What it may spend within the campaign's budget.
  package let budget: Budget
  /// How it spreads its budget over time.
  package let pacing: Pacing
  /// How often a user may see it.
  package let frequencyCaps: [FrequencyCap]
  /// Ids of the creatives it may show; at least one, all of the same advertiser.
  package let creativeIDs: [String]
  /// Which impressions it wants.
  package let targeting: Targeting

  /// A line item of these parts.
  package init(
    id: String, status: Status = .active, bid: Bid, budget: Budget = .unlimited,
    pacing: Pacing = .even, frequencyCaps: [FrequencyCap] = [], creativeIDs: [String],
    targeting: Targeting = Targeting()
  ) {
    self.id = id
    self.status = status
    self.bid = bid
    self.budget = budget
    self.pacing = pacing
    self.frequencyCaps = frequencyCaps
    self.creativeIDs = creativeIDs
    self.targeting = targeting
  }
}

/// How spend is spread over the day or flight.
package enum Pacing: String, Sendable, CaseIterable {
  /// In proportion to the time passed.
  case even
  /// As soon as possible.
  case asap
  /// Somewhat before the time passed.
  case ahead
}
