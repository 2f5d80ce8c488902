import AuctionTypes

/// Users and segments that look like real ones, drawn from a seed: for tests and load.
///
/// Segments are drawn by Zipf's law: the one at rank r has a share proportional to 1/r^s. A user's
/// row depends only on the seed and the user's number, so any row can be drawn again.
package struct SyntheticAudience: Sendable {
  package let userCount: Int
  package let segmentCount: Int
  /// The mean number of segments of a user; each has from half to one and a half times as many.
  package let meanSegments: Int
  private let seed: UInt64
  /// The ids of the users.
  package let ids: SyntheticIDs
  private let cumulative: [Double]

  /// - Precondition: at least twice as many segments as the mean of a user.
  package init(
    users: Int, segments: Int, meanSegments: Int, exponent: Double = 1, seed: UInt64
  ) {
    precondition(segments >= meanSegments * 2 && meanSegments > 0)
    userCount = users
    segmentCount = segments
    self.meanSegments = meanSegments
    self.seed = seed
    ids = SyntheticIDs(seed: seed)
    var total = 0.0
    cumulative = (1...segments).map { rank in
      total += Self.power(1 / Double(rank), exponent)
      return total
    }
  }

  /// The id of a user: 38 digits, as Adobe's.
  package func id(of user: Int) -> String { ids.id(of: user) }

  /// The segments of a user, ascending.
  ///
  /// - Complexity: O(segments of the user × log segments).
  package func row(of user: Int) -> [SegmentID] {
    var random = SyntheticGenerator(seed: seed &+ UInt64(user) &* 0xD1B5_4A32_D192_ED03)
    let low = (meanSegments + 1) / 2
    let count = low + Int(random.next() % UInt64(2 * (meanSegments - low) + 1))
    var row: [SegmentID] = []
    while row.count < count {
      let segment = SegmentID(rawValue: UInt32(draw(&random)))
      let place = row.firstIndex { $0 >= segment } ?? row.count
      if place < row.count && row[place] == segment { continue }
      row.insert(segment, at: place)
    }
    return row
  }

  private func draw(_ random: inout SyntheticGenerator) -> Int {
    let share = Double(random.next() >> 11) / Double(1 << 53) * cumulative[segmentCount - 1]
    var low = 0
    var high = segmentCount - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] <= share { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A power of a number from 0 to 1 by squaring and square roots, to about 1e-9.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    var result = 1.0
    var whole = Int(exponent)
    while whole > 0 {
      result *= base
      whole -= 1
    }
    var fraction = exponent - Double(Int(exponent))
    var root = base
    for _ in 0..<30 {
      root = root.squareRoot()
      fraction *= 2
      guard fraction >= 1 else { continue }
      fraction -= 1
      result *= root
    }
    return result
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): numbers that depend on nothing but their seed.
package struct SyntheticGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
