import HTTP1
import Testing

@Suite struct RequestHeadTests {
  private static func path(_ text: String) -> String? {
    guard let head = Parsed(text).head else { return nil }
    let bytes = Array(text.utf8)
    return String(decoding: bytes[Int(head.path.offset)..<head.path.end], as: UTF8.self)
  }

  @Test func readsWhatAnExchangeSends() throws {
    let parsed = Parsed(HeadSamples.typical + "{\"id\":")
    guard case .complete(let head, let bytes) = parsed else {
      Issue.record("\(parsed)")
      return
    }
    #expect(bytes == HeadSamples.typical.utf8.count)
    #expect(head.method == .post)
    #expect(head.version == .http11)
    #expect(head.framing == .length)
    #expect(head.contentLength == 2154)
    #expect(head.keepAlive)
    #expect(head.acceptsGzip)
    #expect(!head.expectContinue)
    #expect(head.contentType == .json)
    #expect(head.contentEncoding == .identity)
    #expect(Self.path(HeadSamples.typical) == "/openrtb2/example")
  }

  @Test(arguments: [
    ("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", "/healthz"),
    ("GET /healthz?a=/b HTTP/1.1\r\nHost: a\r\n\r\n", "/healthz"),
    ("GET / HTTP/1.0\r\n\r\n", "/"),
    ("GET http://host.example:80/openrtb2/x?q HTTP/1.1\r\nHost: a\r\n\r\n", "/openrtb2/x"),
    ("GET HTTPS://[::1]/x HTTP/1.1\r\nHost: a\r\n\r\n", "/x"),
    ("GET http://host HTTP/1.1\r\nHost: a\r\n\r\n", ""),
    ("GET http://host?a HTTP/1.1\r\nHost: a\r\n\r\n", ""),
    ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "*"),
    ("CONNECT host:443 HTTP/1.1\r\nHost: a\r\n\r\n", "host:443"),
    ("\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n", "/x"),
  ])
  func findsThePath(_ text: String, _ path: String) {
    #expect(Self.path(text) == path)
  }

  @Test(arguments: [
    ("/n/b/t?p=1.5&r=2", "p=1.5&r=2"), ("/n/b/t", ""), ("/n/b/t?", ""), ("/?a?b", "a?b"), ("*", ""),
    ("http://host.example:80/x?p=1", "p=1"), ("http://host", ""), ("http://host?a", "a"),
    ("http://host/?", ""), ("host:443", ""), ("/x?", ""),
  ])
  func findsTheQuery(_ target: String, _ query: String) throws {
    let text = "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n"
    let part = try #require(Parsed(text).head).query
    let bytes = Array(text.utf8)[Int(part.offset)..<part.end]
    #expect(String(decoding: bytes, as: UTF8.self) == query)
  }

  /// A notice URL is at most some 2,000 bytes long.
  @Test func takesLongTargets() {
    let target =
      "/n/b/" + String(repeating: "t", count: 100) + "?p=" + String(repeating: "9", count: 15_000)
    #expect(Parsed("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n").head?.query.count == 15_002)
  }

  @Test(arguments: [
    ("POST", RequestHead.Method.post), ("GET", .get), ("HEAD", .head), ("PUT", .other),
    ("post", .other), ("POSTS", .other), ("!#$%&'*+-.^_`|~09az", .other), ("P", .other),
  ])
  func tellsMethods(_ name: String, _ method: RequestHead.Method) {
    #expect(Parsed("\(name) / HTTP/1.1\r\nHost: a\r\n\r\n").head?.method == method)
  }

  @Test(arguments: [
    ("HTTP/1.1\r\nHost: a", RequestHead.Version.http11, true),
    ("HTTP/1.2\r\nHost: a", .http11, true),
    ("HTTP/1.1\r\nHost: a\r\nConnection: close", .http11, false),
    ("HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE ,y", .http11, false),
    ("HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nConnection: close", .http11, false),
    ("HTTP/1.1\r\nHost: a\r\nConnection: closed", .http11, true),
    ("HTTP/1.0", .http10, false),
    ("HTTP/1.0\r\nConnection: Keep-Alive", .http10, true),
    ("HTTP/1.0\r\nConnection: Keep-Alive, close", .http10, false),
  ])
  func tellsWhetherTheConnectionIsKept(
    _ rest: String, _ version: RequestHead.Version, _ keepAlive: Bool
  ) {
    let head = Parsed("GET / \(rest)\r\n\r\n").head
    #expect(head?.version == version)
    #expect(head?.keepAlive == keepAlive)
  }

  @Test(arguments: [
    ("", RequestHead.Framing.none, 0),
    ("Content-Length: 0\r\n", .length, 0),
    ("content-length:7\r\n", .length, 7),
    ("CONTENT-LENGTH: \t 0012 \t\r\n", .length, 12),
    ("Content-Length: 99999999999999999999999999\r\n", .length, .max),
    ("Transfer-Encoding: chunked\r\n", .chunked, 0),
    ("transfer-ENCODING:CHUNKED\r\n", .chunked, 0),
    ("Transfer_Encoding: chunked\r\n", .none, 0),
    ("Content-Lengths: 4\r\n", .none, 0),
    ("Xontent-Length: 4\r\n", .none, 0),
    ("Content-Lengtx: 4\r\n", .none, 0),
    ("Transfer.Encoding: chunked\r\n", .none, 0),
  ])
  func findsTheEndOfTheBody(_ fields: String, _ framing: RequestHead.Framing, _ length: Int) {
    let head = HeadSamples.fields(fields)
    #expect(head?.framing == framing)
    #expect(head?.contentLength == length)
  }

  @Test(arguments: [
    ("", true), ("Content-Type:\r\n", true), ("Content-Type: text/plain\r\n", true),
    ("Content-Type: TEXT/Plain; charset=x\r\n", true), ("Content-Type: text/json\r\n", true),
    ("Content-Type: application/json\r\n", true), ("content-type:application/JSON ; a=b\r\n", true),
    ("Content-Type: application/vnd.x+json\r\n", true),
    ("Content-Type: application/x-protobuf\r\n", false), ("Content-Type: text/html\r\n", false),
    ("Content-Type: application/jsonl\r\n", false), ("Content-Type: text/plainly\r\n", false),
    ("Content-Type: x; json\r\n", false), ("Content-Type: application/jso\r\n", false),
  ])
  func takesTypesThatEndInJSON(_ fields: String, _ isJSON: Bool) {
    #expect(HeadSamples.fields(fields)?.contentType == (isJSON ? .json : .unsupported))
  }

  @Test(arguments: [
    ("", RequestHead.ContentEncoding.identity), ("Content-Encoding:\r\n", .identity),
    ("Content-Encoding: identity\r\n", .identity), ("Content-Encoding: GZip\r\n", .gzip),
    ("content-encoding:x-gzip\r\n", .gzip), ("Content-Encoding: identity, gzip\r\n", .gzip),
    ("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", .unsupported),
    ("Content-Encoding: gzip, gzip, gzip\r\n", .unsupported),
    ("Content-Encoding: br\r\n", .unsupported), ("Content-Encoding: gzip, br\r\n", .unsupported),
    ("Content-Encoding: deflate\r\nContent-Encoding: gzip\r\n", .unsupported),
  ])
  func tellsContentCodings(_ fields: String, _ encoding: RequestHead.ContentEncoding) {
    #expect(HeadSamples.fields(fields)?.contentEncoding == encoding)
  }

  @Test(arguments: [
    ("", false), ("Accept-Encoding: gzip\r\n", true), ("accept-encoding:deflate,GZIP\r\n", true),
    ("Accept-Encoding: gzip;q=0\r\n", false), ("Accept-Encoding: gzip; q=0.000\r\n", false),
    ("Accept-Encoding: gzip ; Q=0.001\r\n", true), ("Accept-Encoding: *\r\n", true),
    ("Accept-Encoding: *;q=0\r\n", false), ("Accept-Encoding: gzip;q=0, *\r\n", false),
    ("Accept-Encoding: *\r\nAccept-Encoding: gzip;q=0\r\n", false),
    ("Accept-Encoding: br, deflate\r\n", false), ("Accept-Encoding: x-gzip\r\n", true),
    ("Accept-Encoding: gzip;q=x\r\n", false), ("Accept-Encoding: gzipped\r\n", false),
    ("Accept-Encoding: gzip;\r\n", false), ("Accept-Encodinx: gzip\r\n", false),
  ])
  func tellsWhetherTheAnswerMayBeGzipped(_ fields: String, _ accepts: Bool) {
    #expect(HeadSamples.fields(fields)?.acceptsGzip == accepts)
  }

  @Test(arguments: [
    ("Content-Length: 5\r\nExpect: 100-continue\r\n", true),
    ("Expect: 100-CONTINUE\r\nTransfer-Encoding: chunked\r\n", true),
    ("Content-Length: 0\r\nExpect: 100-continue\r\n", false),
    ("Expect: 100-continue\r\n", false), ("Content-Length: 5\r\nExpect: 200-ok\r\n", false),
    ("Content-Length: 5\r\nExpert: 100-continue\r\n", false),
  ])
  func tellsWhoWaitsForContinue(_ fields: String, _ expects: Bool) {
    #expect(HeadSamples.fields(fields)?.expectContinue == expects)
  }

  @Test func ignoresExpectationsOfVersion10() {
    let head = Parsed("POST / HTTP/1.0\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n").head
    #expect(head?.expectContinue == false)
  }
}
