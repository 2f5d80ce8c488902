import FixedMemory

/// Status line and fields of a response, as far as they tell where it ends.
struct AnswerHead: Equatable {
  /// The status code.
  var status: Int
  /// Bytes up to and with the empty line, from the start of the span.
  var end: Int
  /// The value of `Content-Length`.
  var length: Int?
  /// Whether the last transfer coding is `chunked`.
  var isChunked = false
  /// Whether the body is compressed with gzip.
  var isGzipped = false
  /// Whether the connection ends with the response.
  var closes = false

  /// What reading a head came to.
  enum Reading: Equatable {
    case whole(AnswerHead)
    case partial, malformed
  }

  /// Reads the head at an offset.
  static func read(_ bytes: RawSpan, from start: Int) -> Reading {
    guard bytes.byteCount - start >= 13 else {
      return isStart(bytes, from: start) ? .partial : .malformed
    }
    guard isStart(bytes, from: start), let status = status(bytes, at: start + 9) else {
      return .malformed
    }
    var head = AnswerHead(status: status, end: 0)
    head.closes = bytes.byte(at: start + 7) == UInt8(ascii: "0")
    guard var place = bytes.firstOffset(of: 0x0A, from: start + 12) else { return .partial }
    place += 1
    while let lineEnd = bytes.firstOffset(of: 0x0A, from: place) {
      let end = lineEnd > place && bytes.byte(at: lineEnd - 1) == 0x0D ? lineEnd - 1 : lineEnd
      if end == place {
        head.end = lineEnd + 1
        return .whole(head)
      }
      guard head.take(bytes.slice(place, end - place)) else { return .malformed }
      place = lineEnd + 1
    }
    return .partial
  }

  /// Whether the bytes begin, as far as they go, as a response of HTTP/1 does.
  private static func isStart(_ bytes: RawSpan, from start: Int) -> Bool {
    let count = min(7, bytes.byteCount - start)
    let expected: [7 of UInt8] = [0x48, 0x54, 0x54, 0x50, 0x2F, 0x31, 0x2E]
    for index in 0..<count where bytes.byte(at: start + index) != expected[index] { return false }
    return true
  }

  private static func status(_ bytes: RawSpan, at place: Int) -> Int? {
    guard bytes.byte(at: place - 1) == 0x20 else { return nil }
    var status = 0
    for index in 0..<3 {
      let digit = bytes.byte(at: place + index) &- 0x30
      guard digit < 10 else { return nil }
      status = status * 10 + Int(digit)
    }
    return (100..<600).contains(status) ? status : nil
  }

  /// Takes a field; false where it is malformed.
  private mutating func take(_ line: RawSpan) -> Bool {
    guard let colon = line.firstOffset(of: UInt8(ascii: ":")), colon > 0 else { return false }
    let name = line.slice(0, colon)
    switch line.byte(at: 0) | 0x20 {
    case UInt8(ascii: "c"):
      let value = line.slice(Self.trimmed(line, from: colon + 1))
      if name.equalsIgnoringCase("content-length") { return takeLength(value) }
      if name.equalsIgnoringCase("content-encoding") { return takeEncoding(value) }
      if name.equalsIgnoringCase("connection") {
        closes =
          value.equalsIgnoringCase("close")
          || closes && !value.equalsIgnoringCase("keep-alive")
      }
    case UInt8(ascii: "t") where name.equalsIgnoringCase("transfer-encoding"):
      isChunked = line.slice(Self.trimmed(line, from: colon + 1))
        .equalsIgnoringCase("chunked")
      return isChunked
    default: break
    }
    return true
  }

  /// What is encoded otherwise cannot be read, and was not asked for.
  private mutating func takeEncoding(_ value: RawSpan) -> Bool {
    isGzipped = value.equalsIgnoringCase("gzip")
    return isGzipped || value.equalsIgnoringCase("identity")
  }

  private mutating func takeLength(_ value: RawSpan) -> Bool {
    guard length == nil, (1...10).contains(value.byteCount) else { return false }
    var number = 0
    for index in 0..<value.byteCount {
      let digit = value.byte(at: index) &- 0x30
      guard digit < 10 else { return false }
      number = number * 10 + Int(digit)
    }
    length = number
    return true
  }

  private static func trimmed(_ line: RawSpan, from start: Int) -> ByteSlice {
    var start = start
    var end = line.byteCount
    while start < end, line.byte(at: start) == 0x20 || line.byte(at: start) == 0x09 { start += 1 }
    while end > start, line.byte(at: end - 1) == 0x20 || line.byte(at: end - 1) == 0x09 { end -= 1 }
    return ByteSlice(offset: start, count: end - start)
  }
}
