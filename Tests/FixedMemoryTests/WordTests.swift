import FixedMemory
import Support
import Testing

@Suite struct WordTests {
  @Test func wordsAroundAnOffsetAreThoseThatStandThere() {
    for count in 0...40 {
      let text = (0..<count).map { UInt8($0 + 1) }
      GuardedBytes(text).withBytes { bytes in
        for offset in -1...count + 1 {
          let words = bytes.words(around: offset)
          let isInside = offset >= 8 && offset + 8 <= count
          #expect((words != nil) == isInside, "\(offset) of \(count)")
          guard let words else { continue }
          #expect(words.before == bytes.word(at: offset - 8))
          #expect(words.after == bytes.word(at: offset))
        }
        #expect(bytes.words(around: .max) == nil)
        #expect(bytes.words(around: .min) == nil)
      }
    }
  }
}
