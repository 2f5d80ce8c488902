import HTTP1
import Testing

@Suite struct StrictFramingTests {
  @Test(arguments: [
    "GET / HTTP/1.1\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n\n", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
  ])
  func rejectsBareLineFeed(_ text: String) {
    #expect(Parsed(text) == .malformed(.badRequest))
  }

  @Test(arguments: [
    "GET / HTTP/1.1\rHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
    "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", "\rGET / HTTP/1.1\r\n\r\n",
  ])
  func rejectsBareReturn(_ text: String) {
    #expect(Parsed(text) == .malformed(.badRequest))
  }

  @Test func rejectsControlBytesEverywhere() {
    for byte in UInt8.min...0x7F where byte < 0x20 && byte != 0x0D || byte == 0x7F {
      let control = Character(Unicode.Scalar(byte))
      #expect(Parsed("GE\(control)T / HTTP/1.1\r\nHost: a\r\n\r\n") == .malformed(.badRequest))
      #expect(Parsed("GET /\(control) HTTP/1.1\r\nHost: a\r\n\r\n") == .malformed(.badRequest))
      #expect(Parsed(HeadSamples.post("X\(control): b\r\n")) == .malformed(.badRequest))
      let inValue = Parsed(HeadSamples.post("X: b\(control)c\r\n"))
      #expect((inValue == .malformed(.badRequest)) == (byte != 0x09))
    }
  }

  @Test func takesHighBytesInValuesOnly() {
    var bytes = Array(HeadSamples.post("X: \u{FC}ber\r\n").utf8)
    #expect(Parsed(bytes).head != nil)
    bytes = Array(HeadSamples.post("\u{FC}: x\r\n").utf8)
    #expect(Parsed(bytes) == .malformed(.badRequest))
  }

  @Test(arguments: [
    "GET /\u{FC} HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /long/path/\u{80}/x HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http://\u{FC}/ HTTP/1.1\r\nHost: a\r\n\r\n",
  ])
  func rejectsTargetsThatAreNotASCII(_ text: String) {
    #expect(Parsed(text) == .malformed(.badRequest))
  }

  @Test(arguments: [
    "GET /\r\n\r\n", "GET\r\n\r\n", "GET / \r\n\r\n", " GET / HTTP/1.1\r\n\r\n",
    "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / /x HTTP/1.1\r\nHost: a\r\n\r\n", "GET / http/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/11\r\nHost: a\r\n\r\n", "GET / HTTP/1.11\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.\r\nHost: a\r\n\r\n", "GET / HTTP/.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/0.9\r\nHost: a\r\n\r\n", "GET HTTP/1.1\r\nHost: a\r\n\r\n",
    "/ HTTP/1.1\r\nHost: a\r\n\r\n", "(GET) / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET x HTTP/1.1\r\nHost: a\r\n\r\n", "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET ftp://h/x HTTP/1.1\r\nHost: a\r\n\r\n", "GET http://a\"b/x HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / XTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/a.1\r\nHost: a\r\n\r\n",
  ])
  func rejectsRequestLinesOfNoForm(_ text: String) {
    #expect(Parsed(text) == .malformed(.badRequest))
  }

  @Test(arguments: ["HTTP/2.0", "HTTP/3.1", "HTTP/9.9"])
  func refusesLaterVersions(_ version: String) {
    #expect(Parsed("PRI * \(version)\r\n\r\n") == .malformed(.versionNotSupported))
  }

  @Test(arguments: [
    "X : a\r\n", "Content-Length : 5\r\n", "X\t: a\r\n", ": a\r\n", "X\r\n", "X a\r\n",
    " folded\r\n", "\tfolded\r\n", "X: a\r\n folded\r\n", "X: a\r\n\tfolded\r\n", "X(): a\r\n",
    "X/Y: a\r\n", "\"X\": a\r\n", "X\u{0}: a\r\n", "X@: a\r\n", "{X}: a\r\n",
  ])
  func rejectsFieldLinesOfNoForm(_ fields: String) {
    #expect(Parsed(HeadSamples.post(fields)) == .malformed(.badRequest))
  }

  @Test(arguments: [
    "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n",
    "Content-Length: 5, 5\r\n", "Content-Length: +5\r\n", "Content-Length: -5\r\n",
    "Content-Length: 5x\r\n", "Content-Length: 0x5\r\n", "Content-Length:\r\n",
    "Content-Length: 5 5\r\n", "Content-Length: \"5\"\r\n", "Content-Length: 5.0\r\n",
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding:\r\n",
  ])
  func rejectsAmbiguousLengths(_ fields: String) {
    #expect(Parsed(HeadSamples.post(fields)) == .malformed(.badRequest))
  }

  @Test(arguments: [
    "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "identity", "xchunked",
    "chunked;a=b", "\"chunked\"", ",chunked", "chunked,",
  ])
  func refusesOtherTransferCodings(_ value: String) {
    let parsed = Parsed(HeadSamples.post("Transfer-Encoding: \(value)\r\n"))
    #expect(parsed == .malformed(.notImplemented))
  }

  @Test func rejectsChunksOfVersion10() {
    let text = "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(Parsed(text) == .malformed(.badRequest))
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: \u{FC}\r\n\r\n", "GET / HTTP/1.1\r\nHosts: a\r\n\r\n",
    "GET http://a/ HTTP/1.1\r\n\r\n",
  ])
  func wantsExactlyOneHost(_ text: String) {
    #expect(Parsed(text) == .malformed(.badRequest))
  }

  @Test(arguments: ["Host: a:80", "HOST:[::1]:8080", "host:  a.example\t", "Host:"])
  func takesHostsOfEveryForm(_ field: String) {
    #expect(Parsed("GET / HTTP/1.1\r\n\(field)\r\n\r\n").head != nil)
  }

  @Test func boundsTheHead() {
    func head(bytes: Int) -> [UInt8] {
      let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
      let filler = bytes - start.utf8.count - 4
      return Array((start + String(repeating: "x", count: filler) + "\r\n\r\n").utf8)
    }
    let largest = head(bytes: HTTP1Limits.headBytes)
    #expect(Parsed(largest).head != nil)
    #expect(Parsed(Array(largest.dropLast())) == .partial)
    let larger = head(bytes: HTTP1Limits.headBytes + 1)
    #expect(Parsed(larger) == .malformed(.headerFieldsTooLarge))
    #expect(Parsed(Array(larger.dropLast())) == .malformed(.headerFieldsTooLarge))
    let lines = String(repeating: "\r\n", count: HTTP1Limits.headBytes / 2)
    #expect(Parsed(lines) == .malformed(.headerFieldsTooLarge))
  }
}
