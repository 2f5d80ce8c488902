import LinuxIO

/// What the quickstart prints.
struct Summary {
  /// The index, by the metrics.
  struct Audience {
    let users: Int
    let memberships: Int
    let bytes: Int

    init(users: Int, memberships: Int, bytes: Int) {
      self.users = users
      self.memberships = memberships
      self.bytes = bytes
    }

    /// Fails where a metric is missing.
    init(_ metrics: Metrics) throws {
      users = try metrics.value("nod_audience_users")
      memberships = try metrics.value("nod_audience_memberships")
      bytes = try metrics.value("nod_audience_bytes")
    }
  }

  let tally: Tally
  let reports: [AudienceDrop.Report]
  let audience: Audience
  let spend: Spend

  /// The tables, ready to be printed.
  var text: String {
    [files, users, requests, notices, money, latency].map { "\n" + $0.text }.joined()
  }

  private var files: Table {
    Table(
      title: "Audience files",
      rows: reports.map { report in
        Table.Row(
          "\(report.source)/\(report.file)", Table.grouped(report.lines.stored),
          note: "of \(Table.grouped(report.lines.received)) lines")
      })
  }

  private var users: Table {
    let tenths = audience.users > 0 ? audience.bytes * 10 / audience.users : 0
    return Table(
      title: "Audience",
      rows: [
        Table.Row("users", Table.grouped(audience.users)),
        Table.Row("memberships", Table.grouped(audience.memberships)),
        Table.Row(
          "bytes", Table.grouped(audience.bytes), note: "\(tenths / 10).\(tenths % 10) a user"),
      ])
  }

  private var requests: Table {
    let note = tally.surprises.isEmpty ? "each answered as expected" : "not all as expected"
    return Table(
      title: "Bid requests",
      rows: [
        Table.Row("requests", Table.grouped(tally.requests), note: note),
        Table.Row("bids", Table.grouped(tally.bids)),
        Table.Row("no-bids", Table.grouped(tally.requests - tally.bids)),
      ] + tally.rankedNoBids.map { Table.Row("  \($0.reason)", Table.grouped($0.count)) })
  }

  private var notices: Table {
    Table(
      title: "Notices of these bids",
      rows: tally.notices.counts.map { Table.Row($0.kind, Table.grouped($0.count)) })
  }

  private var money: Table {
    Table(
      title: "Spend by campaign, in micros of USD",
      rows: spend.lines.map { line in
        Table.Row(
          line.campaign, Table.grouped(line.bookedMicros),
          note: line.bookedMicros == line.paidMicros
            ? "as charged" : "but \(Table.grouped(line.paidMicros)) charged")
      })
  }

  private var latency: Table {
    var latencies = tally.latencies
    let count = Table.grouped(latencies.count)
    return Table(
      title: "Latency of \(count) more, one at a time over \(Traffic.connections) connections",
      rows: [50, 99].map {
        Table.Row(
          "p\($0)", Table.grouped(latencies.microseconds(percentile: $0)), note: "µs")
      })
  }

  /// A command that repeats a request, and where the counters are.
  func invitation(_ example: BidRequest, body: String, endpoints: Endpoints) -> String {
    """

    Try it:
      curl -i --data-binary @\(body) -H 'Content-Type: application/json' \
    http://\(endpoints.bidder)/openrtb2/\(example.exchange)
      curl http://\(endpoints.control)/metrics

    The console is at http://\(endpoints.control)/, its key in var/quickstart/control.token.

    """
  }
}
