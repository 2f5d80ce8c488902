import HTTP1
import Support
import Testing

@Suite struct SplitTests {
  private static let heads = [
    HeadSamples.typical, "\r\n" + HeadSamples.typical,
    HeadSamples.post("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n"),
    HeadSamples.post("X: a\u{1}\r\n"), HeadSamples.post("X : a\r\n"), HeadSamples.post(" x\r\n"),
    HeadSamples.post("Content-Length: 5\r\nContent-Length: 5\r\n"),
    HeadSamples.post("Transfer-Encoding: gzip\r\n"), "GET / HTTP/1.1\r\n\r\n", "GET /\r\n\r\n",
    "GET / HTTP/1.1\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\r\n",
    "GET http://a/b?c HTTP/1.1\r\nHost: a\r\n\r\n",
  ]

  @Test(arguments: heads)
  func readsEverySplitAsTheWhole(_ text: String) {
    let bytes = Array(text.utf8) + Array("{\"id\":\"1\"}".utf8)
    let whole = Parsed(bytes)
    #expect(whole != .partial)
    for place in 0...bytes.count {
      #expect(Parsed(bytes, steps: [place]) == whole, "split at \(place)")
    }
  }

  @Test(arguments: heads)
  func readsByteByByteAsTheWhole(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(Parsed(bytes, steps: Array(0..<bytes.count)) == Parsed(bytes))
  }

  /// The naive reference of what a step may cost: a head of 16 KiB in one-byte steps, one line and
  /// many lines, a thousand times faster than reading it anew at each step.
  @Test(.timeLimit(.minutes(10)), arguments: ["x", "a\r\nb: "])
  func readsEachByteOnce(_ filler: String) {
    let repeats = (HTTP1Limits.headBytes - 100) / filler.utf8.count
    let text = HeadSamples.post("X: " + String(repeating: filler, count: repeats) + "y\r\n")
    let guarded = GuardedBytes(Array(text.utf8))
    for _ in 0..<10 {
      var parser = RequestHeadParser()
      guarded.withBytes { bytes in
        for count in 1..<bytes.byteCount {
          guard parser.parse(bytes.extracting(first: count)) == .partial else {
            Issue.record("not partial after \(count) bytes")
            return
          }
        }
        #expect(parser.parse(bytes) == .complete(bytes.byteCount))
      }
    }
  }

  @Test func readsRandomChangesInAnySplitAsTheWhole() {
    var random = SeededGenerator(seed: 0x4854_5450)
    let alphabet = Array(" \t\r\n:;,/?*%0159aAzZ\u{0}\u{7F}\u{80}".utf8)
    var outcomes: [String: Int] = [:]
    for round in 0..<20_000 {
      var bytes = Array(Self.heads[round % Self.heads.count].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = alphabet.randomElement(using: &random)!
        case 1: bytes.insert(alphabet.randomElement(using: &random)!, at: place)
        default: bytes.remove(at: place)
        }
      }
      let whole = Parsed(bytes)
      let steps = (0..<3).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
      #expect(Parsed(bytes, steps: steps) == whole, "seed 0x48545450, round \(round)")
      #expect(NaiveHeadParser.agrees(with: whole, on: bytes), "round \(round): \(whole)")
      outcomes[whole.head == nil ? "other" : "complete", default: 0] += 1
    }
    #expect(outcomes["complete", default: 0] > 1000)
    #expect(outcomes["other", default: 0] > 1000)
  }
}
