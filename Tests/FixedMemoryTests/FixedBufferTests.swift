import Testing

@testable import FixedMemory

@Suite struct FixedBufferTests {
  @Test func keepsWhatFitsAndMarksWhatDoesNot() {
    var buffer = FixedBuffer(capacity: 8)
    buffer.append("12345")
    buffer.append(decimal: 678)
    #expect(buffer.count == 8)
    #expect(buffer.overflowed == false)
    buffer.append(0x39)
    #expect(buffer.overflowed == true)
    let same = buffer.bytes.equals("12345678")
    #expect(same)
    buffer.removeAll()
    #expect(buffer.overflowed == false)
  }

  @Test(arguments: [0, 9, 10, 99, 100, 12345, UInt64.max])
  func writesDecimals(_ value: UInt64) {
    var buffer = FixedBuffer(capacity: 20)
    buffer.append(decimal: value)
    var text = ""
    for index in 0..<buffer.count {
      text.unicodeScalars.append(Unicode.Scalar(buffer.bytes.byte(at: index)))
    }
    #expect(text == String(value))
  }

  @Test func writesWordsLowestByteFirstWhereTheyFit() {
    var buffer = FixedBuffer(capacity: 17)
    buffer.append(0x30)
    buffer.append(word: 0x3837_3635_3433_3231)
    buffer.append(word: 0x6867_6665_6463_6261)
    let same = buffer.bytes.equals("012345678abcdefgh")
    #expect(same && !buffer.overflowed)
    buffer.truncate(to: 10)
    buffer.append(word: 0)
    #expect(buffer.count == 10)
    #expect(buffer.overflowed == true)
  }

  @Test func writesTheLowestBytesOfAWordWhereTheyFit() {
    var buffer = FixedBuffer(capacity: 14)
    for count in 0...4 { buffer.append(word: 0x3837_3635_3433_3231, count: count) }
    let same = buffer.bytes.equals("1121231234")
    #expect(same && !buffer.overflowed)
    buffer.append(word: 0x3837_3635_3433_3231, count: 5)
    #expect(buffer.count == 10)
    #expect(buffer.overflowed == true)
    buffer.append(word: 0x3837_3635_3433_3231, count: 4)
    let isFilled = buffer.bytes.equals("11212312341234")
    #expect(isFilled)
  }

  @Test func dropsFromTheFront() {
    var buffer = FixedBuffer(capacity: 16)
    buffer.append("abcdefgh")
    buffer.removeFirst(3)
    let same = buffer.bytes.equals("defgh")
    #expect(same)
    let found = buffer.bytes.firstOffset(of: 0x68)
    #expect(found == 4)
  }

  @Test func writesBytesInLowerCaseWhereTheyFit() {
    let source = (0...255).map { UInt8($0) }
    for count in 0...40 {
      for start in [0, 60, 64, 90, 190] {
        let part = Array(source[start..<start + count])
        var buffer = FixedBuffer(capacity: 40)
        buffer.append(lowercasing: part.rawSpan)
        let expected = part.map(\.asciiLowercased)
        let same = !buffer.overflowed && buffer.bytes.equals(expected.rawSpan)
        #expect(same && equalsInLowerCase(part, expected))
      }
    }
    var small = FixedBuffer(capacity: 4)
    small.append(lowercasing: Array(source[0..<5]).rawSpan)
    let isUnchanged = small.overflowed && small.isEmpty
    #expect(isUnchanged)
  }

  /// With one byte changed at every place, also to another case.
  @Test func comparesWholeSpans() {
    for count in 0...40 {
      let bytes = (0..<count).map { UInt8(0x30 + $0) }
      let folded = bytes.map(\.asciiLowercased)
      #expect(equals(bytes, bytes) && !equals(bytes, bytes + [0]))
      for place in 0..<count {
        var other = bytes
        other[place] ^= 0x80
        #expect(!equals(bytes, other) && !equals(other, bytes))
        #expect(!equalsInLowerCase(other, folded))
        other[place] ^= 0xA0
        let isSame = other.map(\.asciiLowercased) == folded
        #expect(equalsInLowerCase(other, folded) == isSame)
      }
    }
  }

  private func equals(_ bytes: [UInt8], _ other: [UInt8]) -> Bool {
    bytes.rawSpan.equals(other.rawSpan)
  }

  private func equalsInLowerCase(_ bytes: [UInt8], _ other: [UInt8]) -> Bool {
    bytes.rawSpan.equalsInLowerCase(other.rawSpan)
  }
}
