import FixedMemory

/// Reads a request's head from the bytes received so far (RFC 9112).
///
/// A plain value that owns no memory: it keeps how far it came, so a head that arrives byte by byte
/// is read once. It is strict about framing: whatever two servers could read differently is
/// malformed, and the connection must close. A line ends with CR LF only.
package struct RequestHeadParser: Sendable, BitwiseCopyable {
  /// What has been read; whole after ``Outcome/complete(_:)``.
  package internal(set) var head = RequestHead()
  private var hasRequestLine = false
  /// Where the line being read starts, and up to where it holds no control character.
  private var lineStart: UInt32 = 0
  private var scanned: UInt32 = 0
  var fields = FieldFlags()
  /// The number in `content-length`.
  var lengthDigits = ByteSlice.empty

  /// What the bytes so far are.
  package enum Outcome: Equatable, Sendable {
    /// A whole head of so many bytes; the body follows.
    case complete(Int)
    /// The start of a head.
    case partial
    /// No head, whatever may follow: answer with the status and close.
    case malformed(Status)
  }

  package init() {}

  /// Whether nothing of a head was read yet.
  @inline(__always)
  package var isFresh: Bool { scanned == 0 && !hasRequestLine }

  /// Reads on; the span starts with the head's first byte and is as long as before or longer.
  ///
  /// Empty lines before the request line are passed over (RFC 9112 section 2.2).
  ///
  /// - Complexity: O(bytes not seen before).
  package mutating func parse(_ bytes: RawSpan) -> Outcome {
    let limit = min(bytes.byteCount, HTTP1Limits.headBytes)
    while true {
      let stop = bytes.firstControl(from: Int(scanned), to: limit)
      scanned = UInt32(truncatingIfNeeded: stop)
      if stop < limit && bytes.byte(at: stop) != 0x0D { return .malformed(.badRequest) }
      guard stop &+ 1 < limit else {
        return limit == HTTP1Limits.headBytes ? .malformed(.headerFieldsTooLarge) : .partial
      }
      guard bytes.byte(at: stop &+ 1) == 0x0A else { return .malformed(.badRequest) }
      let start = Int(lineStart)
      lineStart = UInt32(truncatingIfNeeded: stop &+ 2)
      scanned = lineStart
      if start == stop {
        if !hasRequestLine { continue }
        if let problem = finish() { return .malformed(problem) }
        return .complete(stop &+ 2)
      }
      if let problem = readLine(bytes, start, stop) { return .malformed(problem) }
    }
  }

  @inline(__always)
  private mutating func readLine(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Status? {
    if hasRequestLine { return readField(bytes, start, end) }
    hasRequestLine = true
    return readRequestLine(bytes, start, end)
  }

  private mutating func readRequestLine(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Status? {
    var place = start
    while place < end, ByteClass.isToken(bytes.byte(at: place)) { place &+= 1 }
    guard place > start, place < end, bytes.byte(at: place) == 0x20 else { return .badRequest }
    head.method = Self.method(bytes, start, place)
    let target = place &+ 1
    // The version is the last 8 bytes, and a space stands before it.
    guard end &- 9 > target, bytes.byte(at: end &- 9) == 0x20 else { return .badRequest }
    guard bytes.isVisibleASCII(from: target, to: end &- 9) else { return .badRequest }
    if let problem = readVersion(bytes.word(at: end &- 8)) { return problem }
    guard let path = RequestTarget.path(in: bytes, from: target, to: end &- 9) else {
      return .badRequest
    }
    head.path = path
    let query = path.end &+ 1
    if query < end &- 9 { head.query = ByteSlice(offset: query, count: end &- 9 &- query) }
    return nil
  }

  private static func method(_ bytes: RawSpan, _ start: Int, _ end: Int) -> RequestHead.Method {
    switch end &- start {
    case 3 where bytes.slice(start, 3).equals("GET"): .get
    case 4 where bytes.word32(at: start) == 0x5453_4F50: .post
    case 4 where bytes.slice(start, 4).equals("HEAD"): .head
    default: .other
    }
  }

  /// The version's 8 bytes, the first in the lowest place: `HTTP/`, a digit, a dot, a digit.
  private mutating func readVersion(_ word: UInt64) -> Status? {
    guard word & 0x00FF_00FF_FFFF_FFFF == 0x002E_002F_5054_5448 else { return .badRequest }
    let major = UInt8(truncatingIfNeeded: word >> 40) &- 0x30
    let minor = UInt8(truncatingIfNeeded: word >> 56) &- 0x30
    guard major < 10, minor < 10, major > 0 else { return .badRequest }
    guard major == 1 else { return .versionNotSupported }
    head.version = minor == 0 ? .http10 : .http11
    return nil
  }

  /// What only the whole head can tell.
  private mutating func finish() -> Status? {
    guard fields.contains(.host) || head.version == .http10 else { return .badRequest }
    if fields.contains(.transferEncoding) {
      guard !fields.contains(.contentLength), head.version == .http11 else { return .badRequest }
      head.framing = .chunked
    } else if fields.contains(.contentLength) {
      head.framing = .length
    }
    head.keepAlive =
      !fields.contains(.close) && (head.version == .http11 || fields.contains(.keepAlive))
    let hasBody = head.framing == .chunked || head.contentLength > 0
    head.expectContinue = fields.contains(.expectContinue) && hasBody && head.version == .http11
    head.acceptsGzip =
      fields.contains(.acceptGzip)
      || fields.contains(.acceptAny) && !fields.contains(.refuseGzip)
    return nil
  }
}
