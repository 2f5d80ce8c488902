import FixedMemory

/// The forms of a request target (RFC 9112 section 3.2).
enum RequestTarget {
  /// The path of a target of visible ASCII, without its query; nil for a target of no known form.
  ///
  /// `*` and the `host:port` of CONNECT are paths that nothing is found at.
  static func path(in bytes: RawSpan, from start: Int, to end: Int) -> ByteSlice? {
    if bytes.byte(at: start) == 0x2F { return origin(in: bytes, from: start, to: end) }
    if end &- start == 1, bytes.byte(at: start) == 0x2A {
      return ByteSlice(offset: start, count: 1)
    }
    return absolute(in: bytes, from: start, to: end) ?? authority(in: bytes, from: start, to: end)
  }

  @inline(__always)
  private static func origin(in bytes: RawSpan, from start: Int, to end: Int) -> ByteSlice {
    let question = bytes.first(0x3F, from: start, to: end)
    return ByteSlice(offset: start, count: question &- start)
  }

  /// `http://host/path`: what a proxy is sent, and servers must take.
  private static func absolute(in bytes: RawSpan, from start: Int, to end: Int) -> ByteSlice? {
    let part = bytes.slice(start, end &- start)
    let scheme = part.byteCount >= 8 && part.slice(0, 8).equalsIgnoringCase("https://") ? 8 : 7
    guard part.byteCount > scheme,
      scheme == 8 || part.slice(0, 7).equalsIgnoringCase("http://")
    else { return nil }
    var place = start &+ scheme
    while place < end, ByteClass.isHost(bytes.byte(at: place)) { place &+= 1 }
    guard place > start &+ scheme else { return nil }
    guard place < end else { return ByteSlice(offset: end, count: 0) }
    switch bytes.byte(at: place) {
    case 0x2F: return origin(in: bytes, from: place, to: end)
    case 0x3F: return ByteSlice(offset: place, count: 0)
    default: return nil
    }
  }

  private static func authority(in bytes: RawSpan, from start: Int, to end: Int) -> ByteSlice? {
    var place = start
    var hasColon = false
    while place < end {
      let byte = bytes.byte(at: place)
      guard ByteClass.isHost(byte) else { return nil }
      if byte == 0x3A { hasColon = true }
      place &+= 1
    }
    return hasColon ? ByteSlice(offset: start, count: end &- start) : nil
  }
}
