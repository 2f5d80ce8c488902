import Testing

@testable import Telemetry

@Suite struct DurationBucketsTests {
  @Test func everyDurationIsWithinItsBucket() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let duration =
        UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0...60)
      let index = DurationBuckets.index(nanoseconds: duration)
      if let upper = DurationBuckets.upperBound(index) { #expect(duration <= upper) }
      if index > 0, let lower = DurationBuckets.upperBound(index - 1) { #expect(duration > lower) }
    }
  }

  @Test func aBoundBelongsToItsOwnBucket() {
    for index in 0..<(DurationBuckets.count - 1) {
      guard let bound = DurationBuckets.upperBound(index) else { continue }
      #expect(DurationBuckets.index(nanoseconds: bound) == index)
      #expect(DurationBuckets.index(nanoseconds: bound + 1) == index + 1)
    }
  }

  @Test func bucketsAreAQuarterWideAtMost() {
    for index in 1..<(DurationBuckets.count - 1) {
      guard let upper = DurationBuckets.upperBound(index),
        let lower = DurationBuckets.upperBound(index - 1)
      else { continue }
      #expect(Double(upper) / Double(lower) <= 1.25)
    }
  }
}
