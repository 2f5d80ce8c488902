import HTTP1
import Support
import Testing

@Suite struct ChunkedBodyTests {
  /// What came of a body: its data, or the status that refused it, and the bytes read.
  struct Read: Equatable {
    var data: [UInt8] = []
    var last = ChunkedBodyReader.Step.partial
    var bytes = 0
  }

  private static func read(_ text: String, limit: Int = 1000, splits: [Int] = []) -> Read {
    let bytes = Array(text.utf8)
    var reader = ChunkedBodyReader(limit: limit)
    var result = Read()
    for end in splits + [bytes.count] {
      GuardedBytes(bytes[..<end]).withBytes { span in
        var place = result.bytes
        while true {
          result.last = reader.step(span, at: &place)
          guard case .data(let count) = result.last else { break }
          result.data += bytes[(place - count)..<place]
        }
        result.bytes = place
      }
      guard result.last == .partial else { break }
    }
    return result
  }

  private static let bodies = [
    ("0\r\n\r\n", ""), ("5\r\nhello\r\n0\r\n\r\n", "hello"),
    ("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
    ("00a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
    ("A;x\r\n0123456789\r\n0;y=1;z=\"a b\"\r\n\r\n", "0123456789"),
    ("1 ; x\r\na\r\n00000000\r\nX-Sum: 1\r\nY:\r\n\r\n", "a"),
    ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
    ("1\r\na\r\n0\r\nHosts: a\r\nContent-Lengthy: 5\r\n\r\n", "a"),
  ]

  @Test(arguments: bodies)
  func findsTheData(_ text: String, _ data: String) {
    let expected = Read(data: Array(data.utf8), last: .complete, bytes: text.utf8.count)
    #expect(Self.read(text) == expected)
    #expect(Self.read(text + "GET / HTTP/1.1\r\n\r\n") == expected)
    for split in 0...text.utf8.count { #expect(Self.read(text, splits: [split]) == expected) }
    #expect(Self.read(text, splits: Array(0..<text.utf8.count)) == expected)
  }

  @Test(arguments: [
    "\r\n", "x\r\n", "5\n", "5\r\r", "5\r\nhelloX", "5\r\nhello\n", "5\r\nhello\rX", "-5\r\n",
    "+5\r\n", "0x5\r\n", " 5\r\n", "5 \r\n", "5;\r\n", "5 x\r\n", "5;a\u{1}\r\n", "5;a\n",
    "5;=\r\n", "000000005\r\n", "g\r\n", "5\u{0}\r\n", "0\r\n\n", "0\r\n\r\r", "0\r\n folded\r\n",
    "0\r\nX : a\r\n", "0\r\n: a\r\n", "0\r\nX\r\n", "0\r\nX: a\n", "0\r\nX: a\u{0}\r\n",
    "0\r\nX: a\rb\r\n", "0\r\nContent-Length: 5\r\n", "0\r\ncontent-length:5\r\n",
    "0\r\nTRANSFER-ENCODING: chunked\r\n", "0\r\nA: b\r\nHost: a\r\n",
  ])
  func rejects(_ text: String) {
    let whole = Self.read(text + "0123456789\r\n\r\n")
    #expect(whole.last == .malformed(.badRequest))
    #expect(Self.read(text, splits: Array(0..<text.utf8.count)).last == whole.last)
  }

  @Test func boundsTheData() {
    let text = "a\r\n0123456789\r\n0\r\n\r\n"
    #expect(Self.read(text, limit: 10).last == .complete)
    #expect(Self.read(text, limit: 9).last == .malformed(.contentTooLarge))
    #expect(Self.read("5\r\nhello\r\n" + text, limit: 15).last == .complete)
    #expect(Self.read("5\r\nhello\r\n" + text, limit: 14).last == .malformed(.contentTooLarge))
    #expect(Self.read("ffffffff\r\n").last == .malformed(.contentTooLarge))
    #expect(Self.read("ff", limit: 9).bytes == 1)
  }

  @Test func boundsSizeLinesAndTrailers() {
    func body(_ count: Int) -> String { "0;" + String(repeating: "x", count: count) + "\r\n\r\n" }
    let most = HTTP1Limits.chunkLineBytes - 4
    #expect(Self.read(body(most)).last == .complete)
    #expect(Self.read(body(most + 1)).last == .malformed(.badRequest))
    func trailer(_ bytes: Int) -> String {
      "0\r\nX:" + String(repeating: "x", count: bytes - 6) + "\r\n\r\n"
    }
    #expect(Self.read(trailer(HTTP1Limits.trailerBytes)).last == .complete)
    let more = Self.read(trailer(HTTP1Limits.trailerBytes + 1))
    #expect(more.last == .malformed(.headerFieldsTooLarge))
  }
}
