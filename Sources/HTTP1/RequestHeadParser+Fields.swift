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
    var colon = start
    while colon < end, ByteClass.isToken(bytes.byte(at: colon)) { colon &+= 1 }
    guard colon > start, colon < end, bytes.byte(at: colon) == 0x3A else { return .badRequest }
    switch colon &- start {
    case 4: return readFieldOf4(bytes, start, colon, end)
    case 6: return readFieldOf6(bytes, start, colon, end)
    case 10: return readFieldOf10(bytes, start, colon, end)
    case 12...17: return readContentField(bytes, start, colon, end)
    default: return nil
    }
  }

  @inline(__always)
  private func small(_ word: UInt64) -> UInt64 { word | 0x2020_2020_2020_2020 }

  @inline(__always)
  private func small(_ word: UInt32) -> UInt32 { word | 0x2020_2020 }

  /// `host`: exactly one, made of what a host is made of.
  private mutating func readFieldOf4(
    _ bytes: RawSpan, _ start: Int, _ colon: Int, _ end: Int
  ) -> Status? {
    guard small(bytes.word32(at: start)) == 0x7473_6F68 else { return nil }
    let value = bytes.trimmed(from: colon &+ 1, to: end)
    guard !fields.contains(.host) else { return .badRequest }
    fields.insert(.host)
    for place in value.start..<value.end where !ByteClass.isHost(bytes.byte(at: place)) {
      return .badRequest
    }
    return nil
  }

  /// `expect`: other expectations than the one known are passed over.
  private mutating func readFieldOf6(
    _ bytes: RawSpan, _ start: Int, _ colon: Int, _ end: Int
  ) -> Status? {
    guard small(bytes.word32(at: start)) == 0x6570_7865,
      bytes.halfWord(at: start &+ 4) | 0x2020 == 0x7463
    else { return nil }
    let value = bytes.trimmed(from: colon &+ 1, to: end)
    if bytes.slice(value.start, value.end &- value.start).equalsIgnoringCase("100-continue") {
      fields.insert(.expectContinue)
    }
    return nil
  }

  /// `connection`.
  private mutating func readFieldOf10(
    _ bytes: RawSpan, _ start: Int, _ colon: Int, _ end: Int
  ) -> Status? {
    guard small(bytes.word(at: start)) == 0x6974_6365_6E6E_6F63,
      bytes.halfWord(at: start &+ 8) | 0x2020 == 0x6E6F
    else { return nil }
    var list = FieldList(from: colon &+ 1, to: end)
    while let element = list.next(in: bytes) {
      let option = bytes.slice(element)
      if option.equalsIgnoringCase("close") { fields.insert(.close) }
      if option.equalsIgnoringCase("keep-alive") { fields.insert(.keepAlive) }
    }
    return nil
  }

  /// `content-type`, `content-length`, `accept-encoding`, `content-encoding`,
  /// `transfer-encoding`: 12 to 17 bytes.
  private mutating func readContentField(
    _ bytes: RawSpan, _ start: Int, _ colon: Int, _ end: Int
  ) -> Status? {
    let first = small(bytes.word(at: start))
    let last = small(bytes.word(at: colon &- 8))
    let value = bytes.trimmed(from: colon &+ 1, to: end)
    switch colon &- start {
    case 12 where first == 0x2D74_6E65_746E_6F63 && last >> 32 == 0x6570_7974:
      return readContentType(bytes, value.start, value.end)
    case 14 where first == 0x2D74_6E65_746E_6F63 && last == 0x6874_676E_656C_2D74:
      return readContentLength(bytes, value.start, value.end)
    case 15 where first == 0x652D_7470_6563_6361 && last == 0x676E_6964_6F63_6E65:
      return readAcceptEncoding(bytes, value.start, value.end)
    case 16 where first == 0x2D74_6E65_746E_6F63 && last == 0x676E_6964_6F63_6E65:
      return readContentEncoding(bytes, value.start, value.end)
    case 17 where first == 0x7265_6673_6E61_7274 && last == 0x676E_6964_6F63_6E65:
      guard bytes.byte(at: start &+ 8) == 0x2D else { return nil }
      return readTransferEncoding(bytes, value.start, value.end)
    default: return nil
    }
  }

  /// Up to the first `;`: none, `text/plain`, or any type that ends in `json`.
  private mutating func readContentType(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Status? {
    var stop = start
    while stop < end, bytes.byte(at: stop) != 0x3B { stop &+= 1 }
    let type = bytes.trimmed(from: start, to: stop)
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
