import Testing

@testable import Telemetry

struct DurationHistogramTests {
  @Test func durationsFallIntoTheirBuckets() {
    let histogram = DurationHistogram()
    for nanoseconds: UInt64 in [1, 1_024, 1_025, 5_000_000, .max >> 8] {
      histogram.record(nanoseconds: nanoseconds)
    }
    let buckets = histogram.buckets
    #expect(buckets.count == DurationBuckets.count)
    #expect(buckets[0] == 2)
    #expect(buckets[DurationBuckets.index(nanoseconds: 5_000_000)] == 1)
    #expect(buckets[DurationBuckets.count - 1] == 1)
    #expect(buckets.reduce(0, +) == 5)
    #expect(histogram.sumNanoseconds == 5_002_050 + (UInt64.max >> 8))
  }
}
