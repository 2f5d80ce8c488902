import FixedMemory

/// An HTTP/1.1 response that was read whole.
struct Answer: Equatable {
  /// The code of its status line, from 200.
  var status: Int
  /// Its body; of a chunked one the chunks with their framing.
  var body: ByteSlice
  /// Whether the body is in chunks.
  var isChunked = false
  /// Whether the body is compressed.
  var isGzipped = false
  /// The bytes of head and body.
  var byteCount: Int
  /// Whether the server closes the connection after it.
  var closes: Bool

  /// Whether the body is what the server means by it.
  var isPlain: Bool { body.isEmpty || !isChunked && !isGzipped }

  /// What reading a response came to.
  enum Reading: Equatable {
    /// It is whole.
    case whole(Answer)
    /// More bytes are to come.
    case partial
    /// It ends where the connection does; what is there of its body.
    case untilEnd(Answer)
    /// It is no HTTP, or too long.
    case malformed
  }

  /// Reads the response at the start of some bytes; interim ones (1xx) are passed over.
  static func read(_ bytes: RawSpan) -> Reading {
    var start = 0
    while true {
      let head = AnswerHead.read(bytes, from: start)
      switch head {
      case .partial:
        return bytes.byteCount - start > LoadLimits.answerHeadBytes
          ? .malformed : .partial
      case .malformed: return .malformed
      case .whole(let head):
        if head.status >= 200 { return read(bytes, after: head) }
        start = head.end
      }
    }
  }

  private static func read(_ bytes: RawSpan, after head: AnswerHead) -> Reading {
    var answer = Answer(
      status: head.status, body: .empty, isGzipped: head.isGzipped, byteCount: head.end,
      closes: head.closes)
    if head.status == 204 || head.status == 304 { return .whole(answer) }
    if head.isChunked { return readChunks(bytes, after: answer) }
    guard let length = head.length else {
      answer.closes = true
      answer.body = ByteSlice(offset: head.end, count: bytes.byteCount - head.end)
      answer.byteCount = bytes.byteCount
      return .untilEnd(answer)
    }
    guard length <= LoadLimits.answerBytes - head.end else { return .malformed }
    guard bytes.byteCount >= head.end + length else { return .partial }
    answer.body = ByteSlice(offset: head.end, count: length)
    answer.byteCount = head.end + length
    return .whole(answer)
  }

  private static func readChunks(_ bytes: RawSpan, after answer: Answer) -> Reading {
    var place = answer.byteCount
    while true {
      guard let lineEnd = bytes.firstOffset(of: 0x0A, from: place) else {
        return bytes.byteCount - place > 64 ? .malformed : .partial
      }
      guard let size = chunkSize(bytes, place, lineEnd) else { return .malformed }
      if size == 0 { return readTrailers(bytes, from: lineEnd + 1, answer) }
      guard size <= LoadLimits.answerBytes - lineEnd else { return .malformed }
      place = lineEnd + 1 + size + 2
      if place > bytes.byteCount { return .partial }
    }
  }

  /// Appends the body without the framing of its chunks.
  ///
  /// - Parameter bytes: those that the answer was read from.
  func appendBody(of bytes: RawSpan, to buffer: inout FixedBuffer) {
    guard isChunked else { return buffer.append(bytes.slice(body)) }
    var place = Int(body.offset)
    while let lineEnd = bytes.firstOffset(of: 0x0A, from: place),
      let size = Self.chunkSize(bytes, place, lineEnd), size > 0
    {
      buffer.append(bytes.slice(lineEnd + 1, size))
      place = lineEnd + 1 + size + 2
    }
  }

  private static func readTrailers(_ bytes: RawSpan, from start: Int, _ answer: Answer) -> Reading {
    var answer = answer
    var place = start
    while let lineEnd = bytes.firstOffset(of: 0x0A, from: place) {
      let isEmpty = lineEnd == place || lineEnd == place + 1 && bytes.byte(at: place) == 0x0D
      place = lineEnd + 1
      guard isEmpty else { continue }
      answer.isChunked = true
      answer.body = ByteSlice(offset: answer.byteCount, count: place - answer.byteCount)
      answer.byteCount = place
      return .whole(answer)
    }
    return bytes.byteCount - start > LoadLimits.answerHeadBytes ? .malformed : .partial
  }

  private static func chunkSize(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Int? {
    var size = 0
    var place = start
    while place < end {
      let byte = bytes.byte(at: place)
      switch byte {
      case 0x30...0x39: size = size << 4 | Int(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: size = size << 4 | Int((byte | 0x20) - 0x57)
      case 0x0D, UInt8(ascii: ";"), 0x20: return place > start ? size : nil
      default: return nil
      }
      if size > LoadLimits.answerBytes { return nil }
      place += 1
    }
    return place > start ? size : nil
  }
}
