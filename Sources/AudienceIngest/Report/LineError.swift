import FixedMemory

/// A line quoted in a report.
package struct LineError: Equatable, Sendable {
  /// What is wrong, by the name of the count it is in.
  package enum Category: String, Sendable {
    case malformed
    case tooLong = "too_long"
    case unknownID = "unknown_id"
    case badSegments = "bad_segments"
  }

  /// The line's number, the first is 1.
  package var line: Int
  package var category: Category
  /// Its first ``IngestLimits/sampleBytes`` bytes; what is not UTF-8 is replaced by U+FFFD.
  package var text: String

  package init(line: Int, category: Category, text: String) {
    self.line = line
    self.category = category
    self.text = text
  }

  /// Quotes a line; a character that the cut would break is left out.
  init(line: Int, category: Category, bytes: RawSpan, at place: ByteSlice) {
    var sample: [UInt8] = []
    for offset in 0..<min(Int(place.count), IngestLimits.sampleBytes) {
      sample.append(bytes.byte(at: Int(place.offset) + offset))
    }
    if place.count >= IngestLimits.sampleBytes { Self.dropBrokenEnd(&sample) }
    self.init(line: line, category: category, text: String(decoding: sample, as: UTF8.self))
  }

  private static func dropBrokenEnd(_ sample: inout [UInt8]) {
    guard let lead = sample.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return }
    let length =
      switch sample[lead] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    if lead + length > sample.count { sample.removeSubrange(lead...) }
  }
}
