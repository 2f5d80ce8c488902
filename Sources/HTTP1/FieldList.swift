import FixedMemory

/// Goes over the elements of a comma-separated field value (RFC 9110 section 5.6.1); empty
/// elements are passed over.
struct FieldList {
  private var place: Int
  private let end: Int

  init(from start: Int, to end: Int) {
    place = start
    self.end = end
  }

  /// The next element without the spaces around it, or nil after the last.
  mutating func next(in bytes: RawSpan) -> ByteSlice? {
    while place < end {
      let start = place
      while place < end, bytes.byte(at: place) != 0x2C { place &+= 1 }
      let element = bytes.trimmed(from: start, to: place)
      place &+= 1
      if element.start < element.end {
        return ByteSlice(offset: element.start, count: element.end &- element.start)
      }
    }
    return nil
  }
}

/// An element of `Accept-Encoding`: a coding with its weight (RFC 9110 section 12.4.2).
struct WeightedCoding {
  let name: ByteSlice
  /// Whether the weight is above 0; a missing one is 1, an unreadable one refuses.
  let isAcceptable: Bool

  init(_ bytes: RawSpan, _ element: ByteSlice) {
    let start = Int(element.offset)
    var stop = start
    while stop < element.end, bytes.byte(at: stop) != 0x3B { stop &+= 1 }
    let name = bytes.trimmed(from: start, to: stop)
    self.name = ByteSlice(offset: name.start, count: name.end &- name.start)
    let weight = bytes.trimmed(from: min(stop &+ 1, element.end), to: element.end)
    isAcceptable = stop == element.end || Self.isPositive(bytes, weight.start, weight.end)
  }

  /// `q=` and a number that has a digit other than 0.
  private static func isPositive(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
    guard end &- start > 2, bytes.byte(at: start) | 0x20 == 0x71,
      bytes.byte(at: start &+ 1) == 0x3D
    else { return false }
    for place in (start &+ 2)..<end where bytes.byte(at: place) &- 0x31 < 9 { return true }
    return false
  }
}
