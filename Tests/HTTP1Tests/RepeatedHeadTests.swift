import FixedMemory
import Support
import Testing

@testable import HTTP1

@Suite struct RepeatedHeadTests {
  private static let heads = [
    HeadSamples.typical, "\r\n" + HeadSamples.typical,
    HeadSamples.post("Content-Length: 2086\r\n"),
    HeadSamples.post("X: 1\r\ncontent-length:\t7 \r\nAccept-Encoding: gzip\r\n"),
    HeadSamples.post("Content-Length: 12\r\nExpect: 100-continue\r\n"),
    HeadSamples.post("Content-Length: 123456789\r\nConnection: close\r\n"),
    HeadSamples.post("Content-Length: 1234567890\r\n"),
    HeadSamples.post("Transfer-Encoding: chunked\r\n"), "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    HeadSamples.post("Content-Length: 5\r\nX: " + String(repeating: "x", count: 2_000) + "\r\n"),
  ]

  /// What a known head makes of bytes, read at the edge of an unreadable page.
  private func read(_ bytes: [UInt8], knowing known: borrowing RepeatedHead) -> Parsed? {
    var parser = RequestHeadParser()
    let guarded = GuardedBytes(bytes)
    let count = guarded.withBytes { known.read($0, into: &parser) }
    guard let count else {
      #expect(parser.isFresh)
      return nil
    }
    return .complete(parser.head, bytes: count)
  }

  private func known(_ text: String) -> RepeatedHead {
    let bytes = Array(text.utf8)
    var parser = RequestHeadParser()
    var known = RepeatedHead()
    if case .complete(let count) = parser.parse(bytes.rawSpan) {
      known.hold(bytes.rawSpan.slice(0, count), parser)
    }
    return known
  }

  @Test func knowsAHeadWithAnotherLength() {
    let known = known(HeadSamples.post("Content-Length: 2086\r\nX: y\r\n"))
    for length in [0, 7, 99, 2086, 2087, 123_456, 999_999_999] {
      let text = HeadSamples.post("Content-Length: \(length)\r\nX: y\r\n")
      let bytes = Array(text.utf8) + Array("{\"id\":\"1\"}".utf8)
      let parsed = read(bytes, knowing: known)
      #expect(parsed == Parsed(bytes) && parsed?.head?.contentLength == length)
    }
  }

  @Test(arguments: ["", "-1", "1 2", "+5", "5x", "1234567890", "0x10"])
  func readsWhatIsNoShortLengthAnew(_ length: String) {
    let known = known(HeadSamples.post("Content-Length: 2086\r\n"))
    let text = HeadSamples.post("Content-Length: \(length)\r\n")
    #expect(read(Array(text.utf8), knowing: known) == nil)
  }

  @Test func knowsNoHeadThatWasNotWholeOrHasNoLength() {
    let nothing = RepeatedHead()
    for head in Self.heads {
      #expect(read(Array(head.utf8), knowing: nothing) == nil)
      let bytes = Array(head.utf8)
      for count in [0, 1, bytes.count / 2, bytes.count - 1] {
        #expect(read(Array(bytes[..<count]), knowing: known(head)) == nil)
      }
    }
    for head in Self.heads.dropFirst(6) + [Self.heads[4]] {
      #expect(read(Array(head.utf8), knowing: known(head)) == nil)
    }
  }

  /// What is known again says what the parser says, whatever was changed, and nothing that the
  /// parser would refuse is known.
  @Test func saysWhatTheParserSaysOfRandomChanges() {
    var random = SeededGenerator(seed: 0x5245_5045)
    let alphabet = Array(" \t\r\n:;,/?*%0123456789aAzZ\u{0}\u{7F}\u{80}".utf8)
    var knownAgain = 0
    for round in 0..<40_000 {
      let head = Self.heads[round % Self.heads.count]
      var bytes = Array(head.utf8) + Array("{}".utf8)
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let byte = alphabet.randomElement(using: &random)!
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        default: bytes.remove(at: place)
        }
      }
      guard let parsed = read(bytes, knowing: known(head)) else { continue }
      knownAgain += 1
      #expect(parsed == Parsed(bytes), "\(bytes)")
    }
    #expect(knownAgain > 5_000)
  }
}
