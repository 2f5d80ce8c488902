import FixedMemory

/// The fields that matter: recognised by the name's length and words, verified whole.
///
/// Names hold token bytes only, so setting the bit 0x20 makes letters small and changes nothing
/// that could be taken for another byte of a name below.
extension RequestHeadParser {
  /// Reads one field line; obs-fold fails as an empty name, a space before the colon as a byte
  /// that no name may hold.
  @inline(__always)
  mutating func readField(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Status? {
    let colon = bytes.first(0x3A, from: start, to: end)
    guard colon > start, colon < end else { return .badRequest }
    switch field(bytes, start, colon) {
    case .other: return bytes.isToken(from: start, to: colon) ? nil : .badRequest
    case .host: return readHost(bytes, colon, end)
    case .expect: return readExpectation(bytes, colon, end)
    case .connection: return readConnection(bytes, colon, end)
    case .content(let content):
      let value = bytes.trimmed(from: colon &+ 1, to: end)
      return readContent(content, bytes, value.start, value.end)
    }
  }

  /// A field that says something to this server.
  private enum Field {
    case host, expect, connection, other
    case content(Content)
  }

  /// A field that says how a body is written.
  private enum Content {
    case type, length, acceptEncoding, encoding, transferEncoding
  }

  /// The field that a name is; it is compared whole, so a known name needs no other check.
  @inline(__always)
  private func field(_ bytes: RawSpan, _ start: Int, _ colon: Int) -> Field {
    switch colon &- start {
    case 4 where small(bytes.word32(at: start)) == 0x7473_6F68: .host
    case 6
    where small(bytes.word32(at: start)) == 0x6570_7865
      && bytes.halfWord(at: start &+ 4) | 0x2020 == 0x7463:
      .expect
    case 10
    where small(bytes.word(at: start)) == 0x6974_6365_6E6E_6F63
      && bytes.halfWord(at: start &+ 8) | 0x2020 == 0x6E6F:
      .connection
    case 12...17: contentField(bytes, start, colon)
    default: .other
    }
  }

  /// `content-type`, `content-length`, `accept-encoding`, `content-encoding`,
  /// `transfer-encoding`: 12 to 17 bytes.
  @inline(__always)
  private func contentField(_ bytes: RawSpan, _ start: Int, _ colon: Int) -> Field {
    let first = small(bytes.word(at: start))
    let last = small(bytes.word(at: colon &- 8))
    switch (colon &- start, first, last) {
    case (12, 0x2D74_6E65_746E_6F63, _) where last >> 32 == 0x6570_7974: return .content(.type)
    case (14, 0x2D74_6E65_746E_6F63, 0x6874_676E_656C_2D74): return .content(.length)
    case (15, 0x652D_7470_6563_6361, 0x676E_6964_6F63_6E65): return .content(.acceptEncoding)
    case (16, 0x2D74_6E65_746E_6F63, 0x676E_6964_6F63_6E65): return .content(.encoding)
    case (17, 0x7265_6673_6E61_7274, 0x676E_6964_6F63_6E65)
    where bytes.byte(at: start &+ 8) == 0x2D: return .content(.transferEncoding)
    default: return .other
    }
  }

  @inline(__always)
  private func small(_ word: UInt64) -> UInt64 { word | 0x2020_2020_2020_2020 }

  @inline(__always)
  private func small(_ word: UInt32) -> UInt32 { word | 0x2020_2020 }

  /// `host`: exactly one, made of what a host is made of.
  private mutating func readHost(_ bytes: RawSpan, _ colon: Int, _ end: Int) -> Status? {
    let value = bytes.trimmed(from: colon &+ 1, to: end)
    guard !fields.contains(.host) else { return .badRequest }
    fields.insert(.host)
    for place in value.start..<value.end where !ByteClass.isHost(bytes.byte(at: place)) {
      return .badRequest
    }
    return nil
  }

  /// `expect`: other expectations than the one known are passed over.
  private mutating func readExpectation(
    _ bytes: RawSpan, _ colon: Int, _ end: Int
  ) -> Status? {
    let value = bytes.trimmed(from: colon &+ 1, to: end)
    if bytes.slice(value.start, value.end &- value.start).equalsIgnoringCase("100-continue") {
      fields.insert(.expectContinue)
    }
    return nil
  }

  /// `connection`.
  private mutating func readConnection(_ bytes: RawSpan, _ colon: Int, _ end: Int) -> Status? {
    var list = FieldList(from: colon &+ 1, to: end)
    while let element = list.next(in: bytes) {
      let option = bytes.slice(element)
      if option.equalsIgnoringCase("close") { fields.insert(.close) }
      if option.equalsIgnoringCase("keep-alive") { fields.insert(.keepAlive) }
    }
    return nil
  }

  private mutating func readContent(
    _ content: Content, _ bytes: RawSpan, _ start: Int, _ end: Int
  ) -> Status? {
    switch content {
    case .type: readContentType(bytes, start, end)
    case .length: readContentLength(bytes, start, end)
    case .acceptEncoding: readAcceptEncoding(bytes, start, end)
    case .encoding: readContentEncoding(bytes, start, end)
    case .transferEncoding: readTransferEncoding(bytes, start, end)
    }
  }

  /// Up to the first `;`: none, `text/plain`, or any type that ends in `json`.
  private mutating func readContentType(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Status? {
    let type = bytes.trimmed(from: start, to: bytes.first(0x3B, from: start, to: end))
    let count = type.end &- type.start
    if count == 0 { return nil }
    if count >= 4, small(bytes.word32(at: type.end &- 4)) == 0x6E6F_736A { return nil }
    if bytes.slice(type.start, count).equalsIgnoringCase("text/plain") { return nil }
    head.contentType = .unsupported
    return nil
  }

  /// Digits and nothing else, once; a number past 18 digits is more than any limit.
  private mutating func readContentLength(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Status? {
    guard start < end, !fields.contains(.contentLength) else { return .badRequest }
    fields.insert(.contentLength)
    var length = 0
    for place in start..<end {
      let digit = bytes.byte(at: place) &- 0x30
      guard digit < 10 else { return .badRequest }
      length = length < 100_000_000_000_000_000 ? length &* 10 &+ Int(digit) : .max
    }
    head.contentLength = length
    lengthDigits = ByteSlice(offset: start, count: end &- start)
    return nil
  }

  private mutating func readAcceptEncoding(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Status? {
    var list = FieldList(from: start, to: end)
    while let element = list.next(in: bytes) {
      let coding = WeightedCoding(bytes, element)
      let name = bytes.slice(coding.name)
      if name.equalsIgnoringCase("gzip") || name.equalsIgnoringCase("x-gzip") {
        fields.insert(coding.isAcceptable ? .acceptGzip : .refuseGzip)
      } else if name.equals("*"), coding.isAcceptable {
        fields.insert(.acceptAny)
      }
    }
    return nil
  }

  /// `gzip` once, beside any number of `identity`.
  private mutating func readContentEncoding(
    _ bytes: RawSpan, _ start: Int, _ end: Int
  ) -> Status? {
    var list = FieldList(from: start, to: end)
    while let element = list.next(in: bytes) {
      let coding = bytes.slice(element)
      if coding.equalsIgnoringCase("identity") { continue }
      let isGzip = coding.equalsIgnoringCase("gzip") || coding.equalsIgnoringCase("x-gzip")
      let isFirst = head.contentEncoding == .identity
      head.contentEncoding = isGzip && isFirst ? .gzip : .unsupported
    }
    return nil
  }

  /// `chunked` alone and once.
  private mutating func readTransferEncoding(
    _ bytes: RawSpan, _ start: Int, _ end: Int
  ) -> Status? {
    guard start < end, !fields.contains(.transferEncoding) else { return .badRequest }
    fields.insert(.transferEncoding)
    let isChunked = bytes.slice(start, end &- start).equalsIgnoringCase("chunked")
    return isChunked ? nil : .notImplemented
  }
}
