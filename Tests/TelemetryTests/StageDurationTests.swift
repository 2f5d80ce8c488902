import Testing

@testable import Telemetry

/// Durations of stages, which are far below a microsecond.
struct StageDurationTests {
  @Test(
    arguments: [
      (0, "0.000000032"), (32, "0.000000032"), (33, "0.00000004"), (200, "0.000000224"),
      (100_000, "0.000114688"),
    ] as [(UInt64, String)])
  func fallsIntoABucketThatEndsAtItOrBehindIt(_ nanoseconds: UInt64, _ bound: String) {
    let worker = WorkerMetrics(exchangeCount: 1)
    worker.recordStage(1, nanoseconds: nanoseconds)
    let text = Self.page(worker)
    let name = "nod_decision_stage_seconds"
    #expect(text.contains("\(name)_bucket{stage=\"rank\",le=\"\(bound)\"} 1\n"))
    #expect(text.contains("\(name)_bucket{stage=\"rank\",le=\"+Inf\"} 1\n"))
    #expect(text.contains("\(name)_count{stage=\"rank\"} 1\n"))
    #expect(!text.contains("stage=\"decode\""))
  }

  @Test func whatIsBeyondHalfASecondIsInTheLastBucket() {
    let last = DurationBuckets.count - 1
    for nanoseconds: UInt64 in [1 << 29 + 1, .max] {
      #expect(StageBuckets.index(nanoseconds: nanoseconds) == last)
    }
    #expect(StageBuckets.index(nanoseconds: 1 << 29) == last - 1)
    #expect(StageBuckets.upperBound(last) == nil)
  }

  private static func page(_ worker: WorkerMetrics) -> String {
    MetricsPage(
      workers: [worker], exchanges: ["example"], stages: ["decode", "rank"], version: "1"
    ).text(
      audience: MetricsPage.Audience(users: 0, memberships: 0, bytes: 0, generation: 0),
      uploads: [])
  }
}
