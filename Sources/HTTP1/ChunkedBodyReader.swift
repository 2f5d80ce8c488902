import FixedMemory

/// Finds the data in a chunked body (RFC 9112 section 7.1), however it is split.
///
/// A plain value that owns no memory: it reads every byte once and says which are data; the caller
/// moves those together.
package struct ChunkedBodyReader: Sendable, BitwiseCopyable {
  /// Data bytes so far and in the chunk being read.
  package private(set) var bodyBytes = 0
  private let limit: Int
  private var phase = Phase.size
  /// Data bytes that the chunk still has.
  private var remaining = 0
  /// Bytes of the size line or of the trailers, and digits of the size.
  private var lineBytes = 0
  private var digits = 0
  private var trailer = TrailerName()

  private enum Phase: UInt8, BitwiseCopyable {
    case size, space, extensionStart, extensionRest, sizeEnd
    case data, dataReturn, dataEnd
    case trailerStart, trailerName, trailerValue, trailerEnd, end
  }

  /// What comes next in the bytes.
  package enum Step: Equatable, Sendable {
    /// The last so many bytes before the new place are data.
    case data(Int)
    /// All bytes are read and more are needed.
    case partial
    /// The body is over; the next request starts at the place.
    case complete
    /// Answer with the status and close.
    case malformed(Status)
  }

  /// - Parameter limit: the data bytes that a body may have; more are refused at the size line.
  package init(limit: Int) { self.limit = limit }

  /// Reads on at a place and moves it.
  ///
  /// - Complexity: O(bytes passed).
  package mutating func step(_ bytes: RawSpan, at place: inout Int) -> Step {
    while place < bytes.byteCount {
      if phase == .data {
        let count = min(remaining, bytes.byteCount &- place)
        remaining &-= count
        place &+= count
        if remaining == 0 { phase = .dataReturn }
        return .data(count)
      }
      let byte = bytes.byte(at: place)
      place &+= 1
      if let problem = read(byte) { return .malformed(problem) }
      if phase == .end { return .complete }
    }
    return .partial
  }

  private mutating func read(_ byte: UInt8) -> Status? {
    switch phase {
    case .size, .space, .extensionStart, .extensionRest, .sizeEnd: readSizeLine(byte)
    case .dataReturn: expect(byte, 0x0D, then: .dataEnd)
    case .dataEnd: expect(byte, 0x0A, then: .size)
    default: readTrailers(byte)
    }
  }

  private mutating func expect(_ byte: UInt8, _ wanted: UInt8, then next: Phase) -> Status? {
    guard byte == wanted else { return .badRequest }
    phase = next
    return nil
  }

  private mutating func readSizeLine(_ byte: UInt8) -> Status? {
    lineBytes &+= 1
    guard lineBytes <= HTTP1Limits.chunkLineBytes else { return .badRequest }
    switch (phase, byte) {
    case (.size, 0x0D) where digits > 0, (.extensionRest, 0x0D): phase = .sizeEnd
    case (.size, 0x3B) where digits > 0, (.space, 0x3B): phase = .extensionStart
    case (.size, 0x20) where digits > 0, (.size, 0x09) where digits > 0: phase = .space
    case (.size, _): return readDigit(byte)
    case (.space, 0x20), (.space, 0x09), (.extensionStart, 0x20), (.extensionStart, 0x09): break
    case (.extensionStart, _) where ByteClass.isToken(byte): phase = .extensionRest
    case (.extensionRest, 0x09), (.extensionRest, 0x20...0x7E), (.extensionRest, 0x80...): break
    case (.sizeEnd, 0x0A): startChunk()
    default: return .badRequest
    }
    return nil
  }

  /// A hexadecimal digit of the size.
  private mutating func readDigit(_ byte: UInt8) -> Status? {
    let decimal = byte &- 0x30
    let letter = (byte | 0x20) &- 0x61
    guard decimal < 10 || letter < 6, digits < HTTP1Limits.chunkSizeDigits else {
      return .badRequest
    }
    digits &+= 1
    remaining = remaining << 4 | Int(decimal < 10 ? decimal : letter &+ 10)
    return remaining > limit &- bodyBytes ? .contentTooLarge : nil
  }

  private mutating func startChunk() {
    bodyBytes &+= remaining
    phase = remaining == 0 ? .trailerStart : .data
    lineBytes = 0
    digits = 0
  }

  private mutating func readTrailers(_ byte: UInt8) -> Status? {
    lineBytes &+= 1
    guard lineBytes <= HTTP1Limits.trailerBytes else { return .headerFieldsTooLarge }
    switch (phase, byte) {
    case (.trailerStart, 0x0D):
      trailer = TrailerName(isLast: true)
      phase = .trailerEnd
    case (.trailerStart, _) where ByteClass.isToken(byte):
      trailer = TrailerName(first: byte)
      phase = .trailerName
    case (.trailerName, 0x3A) where !trailer.isForbidden: phase = .trailerValue
    case (.trailerName, _) where ByteClass.isToken(byte): trailer.append(byte)
    case (.trailerValue, 0x09), (.trailerValue, 0x20...0x7E), (.trailerValue, 0x80...): break
    case (.trailerValue, 0x0D): phase = .trailerEnd
    case (.trailerEnd, 0x0A): phase = trailer.isLast ? .end : .trailerStart
    default: return .badRequest
    }
    return nil
  }
}
