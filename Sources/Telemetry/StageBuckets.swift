/// How the durations of a decision's stages fall into buckets: as ``DurationBuckets``, but for a
/// 32nd of the time, from 32 ns to half a second.
enum StageBuckets {
  private static var shift: UInt64 { 5 }

  /// The bucket of a duration in nanoseconds; bounds are inclusive.
  @inline(__always)
  static func index(nanoseconds: UInt64) -> Int {
    DurationBuckets.index(nanoseconds: min(nanoseconds, .max >> shift) << shift)
  }

  /// The largest duration of a bucket in nanoseconds; nil for the last.
  static func upperBound(_ index: Int) -> UInt64? {
    DurationBuckets.upperBound(index).map { $0 >> shift }
  }
}
