extension MetricsPage {
  /// What is spent and held, and what became of notices, as ledger and workers have counted it.
  package struct Money: Sendable {
    /// Notices of a kind by what became of them.
    package struct Notices: Sendable, Equatable {
      package var kind: String
      package var result: String
      package var count: UInt64

      package init(kind: String, result: String, count: UInt64) {
        self.kind = kind
        self.result = result
        self.count = count
      }
    }

    /// Each pair at most once.
    package var notices: [Notices] = []
    /// What was odd about prices, and how often.
    package var priceProblems: [(problem: String, count: UInt64)] = []
    /// Micros of the advertiser's currency, late bookings included.
    package var spendMicros: [(advertiser: String, micros: Int64)] = []
    /// Micros of each campaign that a document ever had, late bookings included.
    package var campaignSpendMicros: [(advertiser: String, campaign: String, micros: Int64)] = []
    /// What bids hold that wait for their notice.
    package var reservedMicros: Int64 = 0
    /// What line items may still bid with.
    package var escrowMicros: Int64 = 0
    /// Times that budget was moved to escrow.
    package var grants: UInt64 = 0
    /// Durations by ``DurationBuckets``, and their sum.
    package var syncBuckets = [UInt64](repeating: 0, count: DurationBuckets.count)
    package var syncNanoseconds: UInt64 = 0
    package var droppedEvents: UInt64 = 0
    package var capEvictions: UInt64 = 0
    package var isLedgerWorking = true

    /// Nothing spent.
    package init() {}
  }
}

extension MetricsPage.Money {
  /// Writes the families.
  func write(to page: inout MetricsText) {
    writeNotices(to: &page)
    page.family("nod_spend_micros_total", .counter, "Spend booked, late bookings included.")
    for spend in spendMicros {
      page.sample(
        "nod_spend_micros_total", [("advertiser", spend.advertiser)], "\(spend.micros)")
    }
    page.family(
      "nod_campaign_spend_micros_total", .counter, "The same for each campaign.")
    for spend in campaignSpendMicros {
      page.sample(
        "nod_campaign_spend_micros_total",
        [("advertiser", spend.advertiser), ("campaign", spend.campaign)], "\(spend.micros)")
    }
    write(
      "nod_budget_reserved_micros", .gauge, "Held by bids that wait for their notice.",
      "\(reservedMicros)", &page)
    write(
      "nod_budget_escrow_micros", .gauge, "Granted to line items to bid with.", "\(escrowMicros)",
      &page)
    write(
      "nod_budget_grants_total", .counter, "Times that budget was moved to a line item's escrow.",
      "\(grants)", &page)
    page.family(
      "nod_journal_sync_duration_seconds", .histogram, "Until a batch of the journal was durable.")
    page.histogram(
      "nod_journal_sync_duration_seconds", buckets: syncBuckets, sumNanoseconds: syncNanoseconds)
    write(
      "nod_events_dropped_total", .counter, "Events that found no place on the way to the log.",
      "\(droppedEvents)", &page)
    write(
      "nod_cap_evictions_total", .counter, "Users that frequency caps forgot for want of room.",
      "\(capEvictions)", &page)
    write(
      "nod_ledger_working", .gauge, "1 while spend can be booked, 0 once the journal failed.",
      isLedgerWorking ? "1" : "0", &page)
  }

  private func writeNotices(to page: inout MetricsText) {
    page.family("nod_notices_total", .counter, "Notices, by kind and what became of them.")
    for notices in notices where notices.count > 0 {
      page.sample(
        "nod_notices_total", [("kind", notices.kind), ("result", notices.result)],
        "\(notices.count)")
    }
    page.family(
      "nod_notice_price_problems_total", .counter, "Notices whose price was odd, by problem.")
    for problem in priceProblems {
      page.sample(
        "nod_notice_price_problems_total", [("problem", problem.problem)], "\(problem.count)")
    }
  }

  private func write(
    _ name: String, _ kind: MetricsText.Kind, _ help: String, _ value: String,
    _ page: inout MetricsText
  ) {
    page.family(name, kind, help)
    page.sample(name, [], value)
  }
}
