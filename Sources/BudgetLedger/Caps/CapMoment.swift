import AuctionTypes

/// A rule, a user and a time as the table sees them.
///
/// A period has 14 buckets, and one more holds the part that the current one still leaves out: an
/// impression is forgotten a fourteenth of the period late at most, and never early.
struct CapMoment {
  /// What the slot is found by; even and never 0.
  let key: UInt64
  /// The number of the time's bucket.
  let number: UInt32
  /// The time, in seconds since 1970.
  let seconds: UInt32
  /// When the last impression of the bucket is forgotten, in seconds since 1970, rounded up.
  let expirySeconds: UInt32

  init(_ rule: CapRule, account: AccountID, user: UInt64, at time: WallTime) {
    key = Self.key(rule, account: account, user: user)
    let milliseconds = UInt64(max(0, time.milliseconds))
    let granularity = max(1, (UInt64(rule.periodSeconds) * 1_000 + 13) / 14)
    let bucket = milliseconds / granularity
    number = UInt32(truncatingIfNeeded: bucket)
    seconds = UInt32(clamping: milliseconds / 1_000)
    let expiry = (bucket + UInt64(CapTable.bucketCount)) * granularity
    expirySeconds = UInt32(clamping: (expiry + 999) / 1_000)
  }

  /// Where the bucket lies in its slot.
  var position: Int { Int(number % UInt32(CapTable.bucketCount)) }

  /// The bit below is for ``CapTable``: a slot that is being filled.
  private static func key(_ rule: CapRule, account: AccountID, user: UInt64) -> UInt64 {
    let scope = mix(UInt64(account.rawValue) << 32 | UInt64(rule.periodSeconds))
    let key = mix(user ^ scope) & ~1
    return key == 0 ? 2 : key
  }

  /// The finish of SplitMix64: every bit depends on every other.
  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed &>> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed &>> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed &>> 31
  }
}
