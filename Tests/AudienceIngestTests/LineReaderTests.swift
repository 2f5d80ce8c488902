import FixedMemory
import Testing

@testable import AudienceIngest

@Suite struct LineReaderTests {
  /// The lines of some text; a line that is too long is shown by its length and an exclamation
  /// mark.
  static func lines(_ bytes: [UInt8], chunk: Int = .max) throws -> [String] {
    var source = MemorySource(bytes, chunk: chunk)
    var reader = LineReader()
    var lines: [String] = []
    while true {
      switch try reader.next(from: &source) {
      case .end: return lines
      case .tooLong(let sample): lines.append("\(sample.count)!")
      case .line(let place):
        lines.append(reader.withBytes { text(of: place, in: $0) })
      }
      #expect(reader.lineNumber == lines.count)
    }
  }

  static func text(of place: ByteSlice, in bytes: RawSpan) -> String {
    var part: [UInt8] = []
    for offset in Int(place.offset)..<place.end { part.append(bytes.byte(at: offset)) }
    return String(decoding: part, as: UTF8.self)
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\n", ["a", ""]), ("\n", [""]),
    ("a\r\nb\r\n", ["a", "b"]), ("a\rb\n", ["a\rb"]), ("\r\n", [""]), ("a\r", ["a"]),
    ("\u{FEFF}a\n\u{FEFF}b", ["a", "\u{FEFF}b"]), ("\u{FEFF}", [""]), ("\u{FEFF}\n", [""]),
  ])
  func cutsAtLineFeeds(_ text: String, _ expected: [String]) throws {
    for chunk in 1...7 {
      let found = try Self.lines(Array(text.utf8), chunk: chunk)
      #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }
  }

  @Test func takesTheLongestLineAndNoLongerOne() throws {
    let longest = [UInt8](repeating: 0x61, count: IngestLimits.lineBytes)
    for end in ["\n", "\r\n"] {
      let lines = try Self.lines(longest + end.utf8 + [0x62], chunk: 1000)
      #expect(lines.map(\.utf8.count) == [IngestLimits.lineBytes, 1])
    }
    for chunk in [999, Int.max] {
      let bytes = longest + [0x61, 0x0A, 0x62, 0x0A] + longest + [0x0D, 0x0D]
      let lines = try Self.lines(bytes, chunk: chunk)
      #expect(lines == ["\(IngestLimits.sampleBytes)!", "b", "\(IngestLimits.sampleBytes)!"])
    }
  }

  @Test func holdsNoHugeLine() throws {
    let huge = [UInt8](repeating: 0x61, count: 5 << 20)
    let lines = try Self.lines([0x62, 0x0A] + huge + [0x0A, 0x63, 0x0A] + huge)
    #expect(lines == ["b", "200!", "c", "200!"])
  }

  @Test(arguments: [0, 1, 50_000, 300_000])
  func refusesAZeroByteAnywhere(_ lines: Int) throws {
    let text = Array(String(repeating: "u 1\n", count: lines).utf8)
    #expect(throws: FileRejection.zeroByte(line: lines + 1)) {
      try Self.lines(text + [0x75, 0, 0x0A] + text)
    }
  }

  @Test func readsRandomTextLikeASplit() throws {
    var random = SystemRandomNumberGenerator()
    for round in 0..<200 {
      let seed = random.next()
      var generator = Seeded(state: seed)
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...400, using: &generator) {
        bytes.append(
          Bool.random(using: &generator) ? 0x0A : UInt8.random(in: 1...255, using: &generator))
      }
      var expected = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
      if expected.last?.isEmpty == true { expected.removeLast() }
      for index in expected.indices where expected[index].last == 0x0D {
        expected[index].removeLast()
      }
      if expected.first?.starts(with: [0xEF, 0xBB, 0xBF]) == true {
        expected[0].removeFirst(3)
      }
      let found = try Self.lines(bytes, chunk: 1 + round % 9)
      #expect(found == expected.map { String(decoding: $0, as: UTF8.self) }, "seed \(seed)")
    }
  }
}
