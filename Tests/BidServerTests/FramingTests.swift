import Compression
import FixedMemory
import Testing

@testable import BidServer

@Suite(.timeLimit(.minutes(10))) struct FramingTests {
  private static let chunked = Request.head(
    "POST /openrtb2/example", "Transfer-Encoding: chunked\r\n")

  @Test func answersEverySplitIntoTwoPackets() throws {
    let server = try TestServer(markup: TestServer.markup)
    for request in [Request.bid(), chunkedBody(Request.body)] {
      let bytes = Array(request.utf8)
      let client = try server.connect()
      for place in 1..<bytes.count {
        try client.send(Array(bytes[..<place]))
        // Another connection's answer shows that the worker has read the first part.
        if place % 16 == 0 { _ = try server.connect().exchange(Request.head("GET /healthz")) }
        try client.send(Array(bytes[place...]))
        let response = try client.receive()
        #expect(response.status == 200 && TestServer.isBid(response.text), "split at \(place)")
      }
    }
  }

  @Test(arguments: [Request.bid(), chunked + inTwoChunks(Request.body)])
  func answersByteByByte(_ request: String) throws {
    let server = try TestServer()
    let client = try server.connect()
    for byte in request.utf8 {
      try client.send([byte])
      for _ in 0..<2000 {}
    }
    #expect(try client.receive().status == 204)
    #expect(try client.exchange(Request.bid()).status == 204)
  }

  @Test func answersPipelinedRequestsInOrder() throws {
    let server = try TestServer(markup: TestServer.markup)
    let client = try server.connect()
    let kinds = [
      (Request.bid(), 200), (Request.head("GET /x"), 404), (Request.bid("x"), 400),
      (chunkedBody(Request.body), 200), (Request.head("GET /healthz"), 200),
      (Request.bid(fields: "Content-Type: x/y\r\n"), 415),
    ]
    let wanted = (0..<100).map { kinds[$0 % kinds.count] }
    try client.send(wanted.map(\.0).joined())
    for (index, kind) in wanted.enumerated() {
      #expect(try client.receive().status == kind.1, "request \(index)")
    }
  }

  /// A body as two chunks with an extension and a trailer field.
  private static func inTwoChunks(_ body: String) -> String {
    let rest = body.dropFirst()
    let size = String(rest.utf8.count, radix: 16)
    return "1\r\n{\r\n\(size);x=y\r\n\(rest)\r\n0\r\nA: b\r\n\r\n"
  }

  private func chunkedBody(_ body: String) -> String {
    Self.chunked + "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
  }

  @Test(arguments: [4_000, 5_000, 40_000, 262_144])
  func takesBodiesOfEveryLength(_ count: Int) throws {
    let server = try TestServer()
    let client = try server.connect()
    let spaces = String(repeating: " ", count: count - Request.body.utf8.count)
    let body = "{" + spaces + Request.body.dropFirst()
    for request in [Request.bid(body), chunkedBody(body), Request.bid()] {
      #expect(try client.exchange(request).status == 204)
    }
    let third = body.utf8.count / 3
    let bytes = Array(Request.bid(body).utf8)
    try client.send(Array(bytes[..<third]))
    _ = try server.connect().exchange(Request.head("GET /healthz"))
    try client.send(Array(bytes[third...]) + Array(Request.head("GET /x").utf8))
    #expect(try client.receive().status == 204)
    #expect(try client.receive().status == 404)
  }

  @Test func takesManySmallChunks() throws {
    let server = try TestServer()
    let client = try server.connect()
    let spaces = String(repeating: "1\r\n \r\n", count: 100_000)
    let chunk = "\(String(Request.body.utf8.count, radix: 16))\r\n\(Request.body)\r\n"
    try client.send(Self.chunked + spaces + chunk + "0\r\n\r\n")
    #expect(try client.receive().status == 204)
    #expect(try client.exchange(Request.bid()).status == 204)
  }

  @Test func answersContinueToThoseWhoWait() throws {
    let server = try TestServer()
    let client = try server.connect()
    let fields = "Expect: 100-continue\r\nContent-Length: \(Request.body.utf8.count)\r\n"
    for _ in 0..<2 {
      let interim = try client.exchange(Request.head("POST /openrtb2/example", fields))
      #expect(interim.status == 100)
      #expect(try client.exchange(Request.body).status == 204)
    }
    let direct = try client.exchange(Request.head("POST /openrtb2/example", fields) + Request.body)
    #expect(direct.status == 204)
    let refused = try client.exchange(
      Request.head("POST /nowhere", fields))
    #expect(refused.status == 404)
    #expect(refused.fields["connection"] == "close")
  }

  @Test func refusesTooLargeBodiesBeforeTheyAreSent() throws {
    let server = try TestServer(maxBodyBytes: 100)
    let client = try server.connect()
    let fields = "Expect: 100-continue\r\nContent-Length: 101\r\n"
    #expect(try client.exchange(Request.head("POST /openrtb2/example", fields)).status == 413)
    #expect(try client.isClosed())
  }

  @Test func passesOverTheBodiesOfRefusedRequests() throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.send(Request.head("POST /nowhere", "Content-Length: 200000\r\n"))
    #expect(try client.receive().status == 404)
    try client.send(String(repeating: "x", count: 150_000))
    try client.send(String(repeating: "y", count: 50_000) + Request.bid())
    #expect(try client.receive().status == 204)
  }

  @Test func takesEmptyLinesBetweenRequests() throws {
    let server = try TestServer()
    let client = try server.connect()
    #expect(try client.exchange(Request.bid() + "\r\n").status == 204)
    #expect(try client.exchange("\r\n" + Request.bid()).status == 204)
  }

  // MARK: gzip

  private static func gzipped(_ text: String) -> [UInt8] {
    var compressor = BodyCompressor()
    var buffer = FixedBuffer(capacity: text.utf8.count + 100)
    let bytes = Array(text.utf8)
    guard compressor.compress(bytes.rawSpan, into: &buffer) else { return [] }
    let result = buffer.bytes
    return (0..<result.byteCount).map { result.byte(at: $0) }
  }

  private static func gunzipped(_ bytes: [UInt8]) -> String? {
    var decompressor = BodyDecompressor()
    var buffer = FixedBuffer(capacity: 1 << 20)
    guard decompressor.decompress(bytes.rawSpan, into: &buffer) == .done else { return nil }
    let result = buffer.bytes
    return String(decoding: (0..<result.byteCount).map { result.byte(at: $0) }, as: UTF8.self)
  }

  private static func post(_ body: [UInt8], coding: String = "gzip") -> [UInt8] {
    let fields = "Content-Encoding: \(coding)\r\nContent-Length: \(body.count)\r\n"
    return Array(Request.head("POST /openrtb2/example", fields).utf8) + body
  }

  @Test func takesGzippedBodies() throws {
    let server = try TestServer()
    let client = try server.connect()
    let body = Self.gzipped(Request.body)
    let rest = String(Request.body.dropFirst())
    let members = Self.gzipped("{") + Self.gzipped("") + Self.gzipped(rest)
    for bytes in [
      Self.post(body), Self.post(body, coding: "x-gzip"), Self.post(members),
      Self.post(Array(Request.body.utf8), coding: "identity"),
    ] {
      try client.send(bytes)
      #expect(try client.receive().status == 204)
    }
  }

  @Test func refusesWhatDoesNotGunzip() throws {
    let server = try TestServer()
    let client = try server.connect()
    let body = Self.gzipped(Request.body)
    var damaged = body
    damaged[body.count - 5] ^= 1
    for bytes in [[], Array(body.dropLast()), damaged, body + [1, 2, 3], Array("{}".utf8)] {
      try client.send(Self.post(bytes))
      #expect(try client.receive().status == 400)
    }
    #expect(try client.exchange(Request.bid()).status == 204)
    #expect(server.errors(400) == 5)
  }

  @Test func boundsWhatABodyGunzipsTo() throws {
    let server = try TestServer(maxBodyBytes: 10_000)
    let client = try server.connect()
    func spaces(_ count: Int) -> [UInt8] {
      Self.gzipped(
        Request.body + String(repeating: " ", count: count - Request.body.utf8.count))
    }
    try client.send(Self.post(spaces(10_000)))
    #expect(try client.receive().status == 204)
    try client.send(Self.post(spaces(10_001)))
    #expect(try client.receive().status == 413)
    let bomb = spaces(9_000_000)
    #expect(bomb.count <= 10_000)
    try client.send(Self.post(bomb))
    #expect(try client.receive().status == 413)
    #expect(try client.exchange(Request.bid()).status == 204)
  }

  @Test func gzipsLargeAnswersWhereAllowed() throws {
    let large = String(repeating: "<b>", count: 1000)
    let server = try TestServer(markup: large)
    let client = try server.connect()
    let plain = try client.exchange(Request.bid())
    #expect(plain.text.contains(large))
    #expect(plain.fields["content-encoding"] == nil)
    let refused = try client.exchange(Request.bid(fields: "Accept-Encoding: gzip;q=0\r\n"))
    #expect(refused.text.contains(large))
    let packed = try client.exchange(Request.bid(fields: "Accept-Encoding: gzip\r\n"))
    #expect(packed.fields["content-encoding"] == "gzip")
    #expect(packed.body.count < 600)
    #expect(Self.gunzipped(packed.body)?.contains(large) == true)
    let small = try TestServer(markup: TestServer.markup)
    let answer = try small.connect().exchange(Request.bid(fields: "Accept-Encoding: gzip\r\n"))
    #expect(TestServer.isBid(answer.text))
  }
}
