/// Line items that share a budget, a flight and a time zone.
package struct Campaign: Sendable, Equatable {
  /// Unique among the advertiser's campaigns.
  package let id: String
  /// Whether it runs.
  package let status: Status
  /// When it runs.
  package let flight: Flight
  /// What it may spend; at least one of total and daily is set.
  package let budget: Budget
  /// The IANA name of the zone of its days and dayparts.
  package let timeZone: String
  /// How often a user may see it.
  package let frequencyCaps: [FrequencyCap]
  /// Line items in the order of the document.
  package let lineItems: [LineItem]

  /// A campaign of these parts.
  package init(
    id: String, status: Status = .active, flight: Flight = .open, budget: Budget,
    timeZone: String = "UTC", frequencyCaps: [FrequencyCap] = [], lineItems: [LineItem] = []
  ) {
    self.id = id
    self.status = status
    self.flight = flight
    self.budget = budget
    self.timeZone = timeZone
    self.frequencyCaps = frequencyCaps
    self.lineItems = lineItems
  }
}

/// Whether a campaign or line item runs.
package enum Status: String, Sendable, CaseIterable {
  /// It bids.
  case active
  /// It does not bid for the time being.
  case paused
  /// It does not bid again; kept for reports.
  case archived
}
