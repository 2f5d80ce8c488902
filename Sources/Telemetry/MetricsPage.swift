import AuctionTypes

/// All of Nod's metrics as one page of Prometheus text.
package struct MetricsPage: Sendable {
  /// What the audience index holds.
  package struct Audience: Sendable, Equatable {
    package var users: Int
    package var memberships: Int
    package var bytes: Int
    package var generation: UInt64

    package init(users: Int, memberships: Int, bytes: Int, generation: UInt64) {
      self.users = users
      self.memberships = memberships
      self.bytes = bytes
      self.generation = generation
    }
  }

  /// Lines of a source's files, by what became of them.
  package struct UploadLines: Sendable, Equatable {
    package var source: String
    package var result: String
    package var count: Int

    package init(source: String, result: String, count: Int) {
      self.source = source
      self.result = result
      self.count = count
    }
  }

  private let workers: [WorkerMetrics]
  private let exchanges: [String]
  private let stages: [String]
  private let version: String

  /// - Parameters:
  ///   - workers: one for each worker.
  ///   - exchanges: names by number, at most as many as the workers count.
  ///   - stages: of a decision, by number, at most as many as the workers count.
  ///   - version: of the build.
  package init(
    workers: [WorkerMetrics], exchanges: [String], stages: [String] = [], version: String
  ) {
    precondition(stages.count <= WorkerMetrics.stages)
    self.workers = workers
    self.exchanges = exchanges
    self.stages = stages
    self.version = version
  }

  /// The page; counters are sums over the workers.
  ///
  /// - Parameter received: bytes of audience files that came over HTTP, by source.
  package func text(
    audience: Audience, uploads: [UploadLines], received: [(source: String, bytes: UInt64)] = [],
    money: Money? = nil, reports: Reports? = nil, state: State? = nil
  ) -> String {
    var page = MetricsText()
    writeTraffic(to: &page)
    writeDurations(to: &page)
    writeStages(to: &page)
    writeConnections(to: &page)
    writeAudience(audience, to: &page)
    writeUploads(uploads, received, to: &page)
    money?.write(to: &page)
    reports?.write(to: &page)
    state?.write(to: &page)
    page.family("nod_build_info", .gauge, "The version that runs; always 1.")
    page.sample("nod_build_info", [("version", version)], "1")
    ProcessFigures.current()?.write(to: &page)
    return page.text
  }

  private func writeTraffic(to page: inout MetricsText) {
    writePerExchange(
      "nod_bid_requests_total", "Bid requests that came in.", to: &page
    ) { $0.requests(exchange: $1) }
    writePerExchange("nod_bids_total", "Requests answered with a bid.", to: &page) {
      $0.bids(exchange: $1)
    }
    page.family("nod_no_bids_total", .counter, "Requests answered without a bid, by reason.")
    for (number, name) in exchanges.enumerated() {
      for reason in NoBidReason.allCases {
        let count = sum { $0.noBids(exchange: number, reason) }
        guard count > 0 else { continue }
        page.sample(
          "nod_no_bids_total", [("exchange", name), ("reason", "\(reason.name)")], "\(count)")
      }
    }
    writeErrors(to: &page)
  }

  private func writePerExchange(
    _ name: String, _ help: String, to page: inout MetricsText,
    _ count: (WorkerMetrics, Int) -> UInt64
  ) {
    page.family(name, .counter, help)
    for (number, exchange) in exchanges.enumerated() {
      page.sample(name, [("exchange", exchange)], "\(sum { count($0, number) })")
    }
  }

  /// Requests that name no exchange are counted under an empty name.
  private func writeErrors(to page: inout MetricsText) {
    let name = "nod_bid_request_errors_total"
    page.family(name, .counter, "Requests answered with an error, by status.")
    let none = workers.first?.noExchange ?? exchanges.count
    for (number, exchange) in exchanges.enumerated().map({ ($0, $1) }) + [(none, "")] {
      for (index, status) in WorkerMetrics.statuses.enumerated() {
        let count = sum { $0.errors(exchange: number, statusIndex: index) }
        guard count > 0 else { continue }
        page.sample(name, [("exchange", exchange), ("status", "\(status)")], "\(count)")
      }
    }
  }

  private func writeDurations(to page: inout MetricsText) {
    writeDuration(
      "nod_decision_duration_seconds", "From decoding a request to its encoded answer.", .decision,
      to: &page)
    writeDuration(
      "nod_request_duration_seconds", "From a request's last byte in to its first byte out.",
      .request, to: &page)
    writeDuration(
      "nod_booking_duration_seconds", "From a billing notice's last byte in to its answer.",
      .booking, to: &page)
  }

  private func writeDuration(
    _ name: String, _ help: String, _ kind: WorkerMetrics.DurationKind,
    to page: inout MetricsText
  ) {
    page.family(name, .histogram, help)
    let (buckets, total) = durations(kind)
    page.histogram(name, buckets: buckets, sumNanoseconds: total)
  }

  /// Stages that no measured request came to are left out.
  private func writeStages(to page: inout MetricsText) {
    let name = "nod_decision_stage_seconds"
    page.family(
      name, .histogram, "Time of each stage of a decision, of one request in 1,024.")
    for (number, stage) in stages.enumerated() {
      let (buckets, total) = durations(.stage(number))
      guard buckets.contains(where: { $0 > 0 }) else { continue }
      page.histogram(
        name, [("stage", stage)], buckets: buckets, sumNanoseconds: total,
        upperBound: StageBuckets.upperBound)
    }
  }

  private func durations(_ kind: WorkerMetrics.DurationKind) -> (buckets: [UInt64], sum: UInt64) {
    var buckets = [UInt64](repeating: 0, count: DurationBuckets.count)
    var total: UInt64 = 0
    for worker in workers {
      let durations = worker.durations(kind)
      for index in buckets.indices { buckets[index] += durations.buckets[index] }
      total += durations.sum
    }
    return (buckets, total)
  }

  private func writeConnections(to page: inout MetricsText) {
    page.family("nod_connections", .gauge, "Connections of the data plane, by state.")
    for state in WorkerMetrics.ConnectionState.allCases {
      let count = sum { $0.connections(state) }
      page.sample("nod_connections", [("state", state.name)], "\(count)")
    }
  }

  private func writeAudience(_ audience: Audience, to page: inout MetricsText) {
    let gauges: [(String, String, String)] = [
      ("nod_audience_users", "Users with a row in the index.", "\(audience.users)"),
      (
        "nod_audience_memberships", "Memberships of users in segments.",
        "\(audience.memberships)"
      ),
      ("nod_audience_bytes", "Bytes of the index that are mapped.", "\(audience.bytes)"),
      (
        "nod_audience_generation", "Raised with every change of the index.",
        "\(audience.generation)"
      ),
    ]
    for (name, help, value) in gauges {
      page.family(name, .gauge, help)
      page.sample(name, [], value)
    }
  }

  private func writeUploads(
    _ uploads: [UploadLines], _ received: [(source: String, bytes: UInt64)],
    to page: inout MetricsText
  ) {
    page.family("nod_upload_lines_total", .counter, "Lines of audience files, by result.")
    for lines in uploads {
      page.sample(
        "nod_upload_lines_total", [("source", lines.source), ("result", lines.result)],
        "\(lines.count)")
    }
    page.family(
      "nod_upload_received_bytes_total", .counter, "Bytes of audience files sent over HTTP.")
    for (source, bytes) in received {
      page.sample("nod_upload_received_bytes_total", [("source", source)], "\(bytes)")
    }
  }

  private func sum(_ value: (WorkerMetrics) -> UInt64) -> UInt64 {
    workers.reduce(0) { $0 + value($1) }
  }
}
