import AuctionTypes
import AudienceIndex

/// The dense numbers of the segments that a file names by Adobe's numbers.
///
/// An open table of its own, since every line asks for some twenty of them: a dictionary would
/// cost more than the rest of the line.
struct SegmentNumbers {
  /// What the table says of a place that is free.
  private static let free = UInt64.max

  private let prefix: String
  private let registry: SegmentRegistry
  private let limit: Int
  private var keys = [UInt64](repeating: free, count: 1 << 10)
  private var values = [UInt32](repeating: 0, count: 1 << 10)
  private(set) var count = 0

  /// - Parameters:
  ///   - prefix: what the segments' names start with.
  ///   - limit: the different segments that a file may name.
  init(prefix: String, registry: SegmentRegistry, limit: Int = IngestLimits.segmentsOfFile) {
    self.prefix = prefix
    self.registry = registry
    self.limit = limit
  }

  /// The number of a segment, given out now if it has none.
  ///
  /// - Throws: ``FileRejection/tooManySegments``.
  @inline(__always)
  mutating func number(of segment: UInt64) throws(FileRejection) -> SegmentID {
    var index = Self.home(of: segment, mask: keys.count &- 1)
    while keys[index] != Self.free {
      if keys[index] == segment { return SegmentID(rawValue: values[index]) }
      index = (index &+ 1) & (keys.count &- 1)
    }
    return try insert(segment, at: index)
  }

  private mutating func insert(
    _ segment: UInt64, at index: Int
  ) throws(FileRejection) -> SegmentID {
    guard count < limit else { throw .tooManySegments }
    let name = "\(prefix)\(segment)"
    guard registry.count < Limits.maxSegments || registry.number(of: name) != nil else {
      throw .tooManySegments
    }
    let number = registry.intern(name)
    keys[index] = segment
    values[index] = number.rawValue
    count += 1
    if count * 2 > keys.count { grow() }
    return number
  }

  private mutating func grow() {
    let oldKeys = keys
    let oldValues = values
    keys = [UInt64](repeating: Self.free, count: oldKeys.count * 2)
    values = [UInt32](repeating: 0, count: oldKeys.count * 2)
    for (old, key) in oldKeys.enumerated() where key != Self.free {
      var index = Self.home(of: key, mask: keys.count - 1)
      while keys[index] != Self.free { index = (index &+ 1) & (keys.count &- 1) }
      keys[index] = key
      values[index] = oldValues[old]
    }
  }

  @inline(__always)
  private static func home(of segment: UInt64, mask: Int) -> Int {
    Int(truncatingIfNeeded: (segment &* 0x9E37_79B9_7F4A_7C15) &>> 32) & mask
  }
}
