import FixedMemory
import HTTP1
import Testing

@Suite struct ResponseHeadTests {
  private static func text(_ write: (inout FixedBuffer) -> Void) -> String {
    var buffer = FixedBuffer(capacity: 512)
    write(&buffer)
    var bytes: [UInt8] = []
    for place in 0..<buffer.count { bytes.append(buffer.bytes.byte(at: place)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func writesABid() {
    let text = Self.text {
      ResponseHead(.ok, .implied).write(.json, bodyBytes: 612, into: &$0)
    }
    #expect(
      text == """
        HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-openrtb-version: 2.6\r\n\
        Content-Length: 612\r\n\r\n
        """)
  }

  @Test func saysThatABidIsGzipped() {
    let text = Self.text {
      ResponseHead(.ok, .keepAlive).write(.gzippedJSON, bodyBytes: 0, reason: "floor", into: &$0)
    }
    #expect(
      text == """
        HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-openrtb-version: 2.6\r\n\
        Content-Encoding: gzip\r\nContent-Length: 0\r\nX-Nod-Reason: floor\r\n\
        Connection: keep-alive\r\n\r\n
        """)
  }

  @Test func writesNoContentWithoutALength() {
    #expect(
      Self.text { ResponseHead(.noContent, .implied).writeEmpty(into: &$0) }
        == "HTTP/1.1 204 No Content\r\n\r\n")
    #expect(
      Self.text { ResponseHead(.noContent, .close).writeEmpty(reason: "size", into: &$0) }
        == "HTTP/1.1 204 No Content\r\nX-Nod-Reason: size\r\nConnection: close\r\n\r\n")
  }

  @Test(arguments: Status.allCases.filter { $0.rawValue >= 400 })
  func writesErrorsWithoutABody(_ status: Status) {
    let text = Self.text { ResponseHead(status, .close).writeEmpty(into: &$0) }
    #expect(text.hasPrefix("HTTP/1.1 \(status.rawValue) "))
    #expect(text.hasSuffix("\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
  }

  @Test func namesTheMethodsAllowed() {
    let head = ResponseHead(.methodNotAllowed, .implied)
    #expect(Self.text { head.writeEmpty(allow: .post, into: &$0) }.contains("\r\nAllow: POST\r\n"))
    let text = Self.text { head.writeEmpty(allow: .getHead, into: &$0) }
    #expect(text.contains("\r\nAllow: GET, HEAD\r\n"))
    let both = Self.text { head.writeEmpty(allow: .getPost, into: &$0) }
    #expect(both.contains("\r\nAllow: GET, POST\r\n"))
  }

  @Test(arguments: [
    ("https://acme.example/", "https://acme.example/"), ("http://a/?q=%20#x", "http://a/?q=%20#x"),
    ("https://a/é\u{1F600}", "https://a/%C3%A9%F0%9F%98%80"),
  ])
  func writesRedirectsInASCII(_ url: String, _ location: String) {
    let bytes = Array(url.utf8)
    let text = Self.text {
      ResponseHead.writeRedirect(to: bytes.rawSpan, .keepAlive, into: &$0)
    }
    #expect(
      text == """
        HTTP/1.1 302 Found\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\
        Location: \(location)\r\nConnection: keep-alive\r\n\r\n
        """)
  }

  @Test func writesContinueAndText() {
    #expect(Self.text { ResponseHead.writeContinue(into: &$0) } == "HTTP/1.1 100 Continue\r\n\r\n")
    let text = Self.text { ResponseHead(.ok, .close).write(.text, bodyBytes: 1, into: &$0) }
    #expect(
      text == """
        HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\
        Connection: close\r\n\r\n
        """)
  }
}
