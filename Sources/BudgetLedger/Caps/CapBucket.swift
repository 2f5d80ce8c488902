/// The impressions of a user within one bucket of a cap's period, in one word: the bucket's number
/// in the upper 32 bits, 16 for booked impressions, 16 for tentative ones.
struct CapBucket: Equatable {
  let word: UInt64

  init(word: UInt64) { self.word = word }

  init(number: UInt32, booked: UInt16, tentative: UInt16) {
    word = UInt64(number) << 32 | UInt64(booked) << 16 | UInt64(tentative)
  }

  var number: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
  var booked: UInt16 { UInt16(truncatingIfNeeded: word >> 16) }
  var tentative: UInt16 { UInt16(truncatingIfNeeded: word) }

  /// Where it lies in its slot.
  var position: Int { Int(number % UInt32(CapTable.bucketCount)) }

  /// Whether it holds no impression.
  var isEmpty: Bool { UInt32(truncatingIfNeeded: word) == 0 }

  /// Whether a counter has reached its end, so that how many there were is not known any more.
  var isSaturated: Bool { booked == .max || tentative == .max }

  /// How many buckets it lies before another; negative when behind.
  func age(at number: UInt32) -> Int32 { Int32(bitPattern: number &- self.number) }

  /// The impressions that count in the bucket of now: those of the last full period, and those that
  /// lie ahead since the clock was set back by less than one. A saturated bucket reaches every cap.
  func counted(at number: UInt32) -> Int {
    let age = age(at: number)
    guard !isEmpty, age < CapTable.bucketCount, age >= -CapTable.bucketCount else { return 0 }
    return isSaturated ? Int(UInt32.max) : Int(booked) + Int(tentative)
  }

  /// With one tentative impression more.
  var withTentative: CapBucket {
    CapBucket(
      number: number, booked: booked, tentative: tentative == .max ? .max : tentative + 1)
  }

  /// With one tentative impression less; nil where there is none, or nobody knows how many.
  var withoutTentative: CapBucket? {
    guard tentative > 0, tentative < .max else { return nil }
    return CapBucket(number: number, booked: booked, tentative: tentative - 1)
  }

  /// With one booked impression more.
  var withBooking: CapBucket {
    CapBucket(number: number, booked: booked == .max ? .max : booked + 1, tentative: tentative)
  }
}
