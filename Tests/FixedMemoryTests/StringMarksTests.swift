import FixedMemory
import Support
import Testing

@Suite struct StringMarksTests {
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\\")
  }

  /// The places of the quotes up to the first window with a special byte, byte by byte.
  private static func plainQuotes(_ text: [UInt8], from start: Int) -> (places: [UInt32], end: Int)
  {
    var places: [UInt32] = []
    var at = start
    while at < text.count {
      let window = at..<min(at + StringMarks.windowBytes, text.count)
      if text[window].contains(where: isSpecial) { break }
      for place in window where text[place] == UInt8(ascii: "\"") { places.append(UInt32(place)) }
      at = window.upperBound
    }
    return (places, at)
  }

  @Test func marksEveryByteAtEveryPlace() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<StringMarks.windowBytes {
        var window = [UInt8](repeating: UInt8(ascii: "a"), count: StringMarks.windowBytes)
        window[place] = byte
        let marks = window.rawSpan.stringMarks(at: 0)
        #expect(marks.quotes == (byte == UInt8(ascii: "\"") ? 1 << UInt64(place) : 0))
        #expect(marks.specials == (Self.isSpecial(byte) ? 1 << UInt64(place) : 0))
      }
    }
  }

  @Test func marksTheLastBytesWithoutReadingOn() {
    for count in 1...2 * StringMarks.windowBytes {
      let text = (0..<count).map { [UInt8(ascii: "\""), 0x0A, 0x20][$0 % 3] }
      GuardedBytes(text).withBytes { bytes in
        for start in max(0, count - StringMarks.windowBytes)..<count {
          let marks = bytes.stringMarks(at: start)
          var expected: (quotes: UInt64, specials: UInt64) = (0, 0)
          for place in start..<count {
            if place % 3 == 0 { expected.quotes |= 1 << UInt64(place - start) }
            if place % 3 == 1 { expected.specials |= 1 << UInt64(place - start) }
          }
          #expect(marks.quotes == expected.quotes)
          #expect(marks.specials == expected.specials)
        }
      }
    }
  }

  @Test(arguments: [21, 22, 23] as [UInt64]) func placesQuotesAsTheyStand(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<400 {
      let density = Int.random(in: 1...40, using: &generator)
      let text = (0..<Int.random(in: 0...700, using: &generator)).map { _ in
        Int.random(in: 0..<density, using: &generator) == 0 ? UInt8(ascii: "\"") : 0x61
      }
      let special = text.isEmpty ? nil : Int.random(in: 0..<text.count * 2, using: &generator)
      var changed = text
      if let special, special < text.count {
        changed[special] = [0, 0x1F, 0x5C, 0x80, 0xFF][round % 5]
      }
      let start = Int.random(in: 0...changed.count, using: &generator)
      let expected = Self.plainQuotes(changed, from: start)
      var places = FixedArray<UInt32>(capacity: 1_024)
      let end = GuardedBytes(changed).withBytes { places.appendQuotes(of: $0, from: start) }
      #expect(end == expected.end, "seed \(seed), round \(round)")
      let found = places.indices.map { places[$0] }
      #expect(found == expected.places, "seed \(seed), round \(round)")
    }
  }

  @Test func placesNoMoreThanFits() {
    let text = [UInt8](repeating: UInt8(ascii: "\""), count: 10 * StringMarks.windowBytes)
    for (capacity, end) in [(1, 0), (127, 0), (128, 64), (704, 640), (767, 640), (768, 645)] {
      var places = FixedArray<UInt32>(capacity: capacity)
      let longer = text + text.prefix(5)
      #expect(places.appendQuotes(of: longer.rawSpan, from: 0) == end)
      #expect(places.count == end)
    }
    for (capacity, windows) in [(1, 0), (64, 0), (127, 0), (128, 1), (191, 1), (192, 2), (704, 10)]
    {
      var places = FixedArray<UInt32>(capacity: capacity)
      #expect(places.appendQuotes(of: text.rawSpan, from: 0) == windows * 64)
      #expect(places.count == windows * 64)
    }
  }
}
