import FixedMemory
import HTTP1
import Support

/// What a parser made of a head, in a form that tests compare.
enum Parsed: Equatable, CustomStringConvertible {
  case complete(RequestHead, bytes: Int)
  case partial
  case malformed(Status)

  init(_ text: String) { self.init(Array(text.utf8)) }

  /// All bytes at once, ending at an unreadable page.
  init(_ bytes: [UInt8]) {
    var parser = RequestHeadParser()
    self = GuardedBytes(bytes).withBytes { Parsed(parser.parse($0), parser) }
  }

  /// The first bytes, then all: the outcome of the later step, unless the first was final.
  init(_ bytes: [UInt8], steps: [Int]) {
    var parser = RequestHeadParser()
    self = .partial
    for count in steps + [bytes.count] {
      self = GuardedBytes(bytes[..<count]).withBytes { Parsed(parser.parse($0), parser) }
      guard self == .partial else { return }
    }
  }

  private init(_ outcome: RequestHeadParser.Outcome, _ parser: RequestHeadParser) {
    switch outcome {
    case .complete(let bytes): self = .complete(parser.head, bytes: bytes)
    case .partial: self = .partial
    case .malformed(let status): self = .malformed(status)
    }
  }

  var head: RequestHead? { if case .complete(let head, _) = self { head } else { nil } }

  var description: String {
    switch self {
    case .complete(let head, let bytes): "complete(\(bytes), \(head))"
    case .partial: "partial"
    case .malformed(let status): "malformed(\(status.rawValue))"
    }
  }
}

/// Heads that exchanges send, and ways to write them.
enum HeadSamples {
  static let typical = """
    POST /openrtb2/example?x=1 HTTP/1.1\r\n\
    Host: bidder.example:8080\r\n\
    User-Agent: Exchange/7.3 (bidding; +https://exchange.example/docs)\r\n\
    Accept: application/json\r\n\
    Accept-Encoding: gzip, deflate\r\n\
    Content-Type: application/json; charset=utf-8\r\n\
    Content-Length: 2154\r\n\
    x-openrtb-version: 2.6\r\n\
    X-Request-Id: 7c1f0b52-3d6e-4c6a-9b7e-52f0a4d1e8c3\r\n\
    Connection: keep-alive\r\n\
    \r\n
    """

  /// A POST with these fields beside Host; each ends in CR LF.
  static func post(_ fields: String) -> String {
    "POST /openrtb2/example HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
  }

  static func fields(_ text: String) -> RequestHead? { Parsed(post(text)).head }
}
