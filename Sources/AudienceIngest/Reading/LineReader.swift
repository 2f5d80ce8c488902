import FixedMemory

/// Cuts decoded bytes into lines, in bounded memory.
///
/// A line ends at a line feed, a carriage return before it belongs to the end; the last line needs
/// none. A byte order mark at the start is skipped. Of a line over the limit only its beginning is
/// held.
struct LineReader: ~Copyable {
  /// A line by its place in ``bytes``, valid until the next one is read.
  enum Line: Equatable {
    case line(ByteSlice)
    /// The beginning of a line over ``IngestLimits/lineBytes``.
    case tooLong(ByteSlice)
    case end
  }

  private var window = FixedBuffer(capacity: IngestLimits.windowBytes)
  private var start = 0
  private var scanned = 0
  /// The number of the line read last, the first is 1.
  private(set) var lineNumber = 0
  /// Decoded bytes read so far.
  private(set) var byteCount: Int64 = 0

  /// The next line.
  ///
  /// - Throws: ``FileRejection/zeroByte(line:)``, and what the source throws.
  /// - Complexity: O(bytes of the line).
  mutating func next(from source: inout some ByteSource & ~Copyable) throws -> Line {
    while true {
      if let newline = window.bytes.firstOffset(of: 0x0A, from: scanned) {
        let line = ByteSlice(offset: start, count: newline - start)
        start = newline + 1
        scanned = start
        return finish(line)
      }
      scanned = window.count
      if window.count - start > IngestLimits.lineBytes + 1 { return try skipLine(from: &source) }
      if try !fill(from: &source) { return finishLastLine() }
    }
  }

  /// Hands a line's bytes to a body.
  @inline(__always)
  func withBytes<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
    try body(window.bytes)
  }

  private mutating func finishLastLine() -> Line {
    guard start < window.count else { return .end }
    let line = ByteSlice(offset: start, count: window.count - start)
    start = window.count
    return finish(line)
  }

  private mutating func finish(_ whole: ByteSlice) -> Line {
    lineNumber += 1
    var line = whole
    if lineNumber == 1 && hasByteOrderMark(line) {
      line.offset += 3
      line.count -= 3
    }
    if !line.isEmpty, window.bytes.byte(at: line.end - 1) == 0x0D { line.count -= 1 }
    if line.count <= IngestLimits.lineBytes { return .line(line) }
    line.count = UInt32(IngestLimits.sampleBytes)
    return .tooLong(line)
  }

  private func hasByteOrderMark(_ line: ByteSlice) -> Bool {
    line.count >= 3 && window.bytes.slice(Int(line.offset), 3).byte(at: 0) == 0xEF
      && window.bytes.byte(at: Int(line.offset) + 1) == 0xBB
      && window.bytes.byte(at: Int(line.offset) + 2) == 0xBF
  }

  /// Drops a line as it comes, but for its beginning.
  private mutating func skipLine(from source: inout some ByteSource & ~Copyable) throws -> Line {
    lineNumber += 1
    window.removeFirst(start)
    window.truncate(to: IngestLimits.sampleBytes)
    let sample = ByteSlice(offset: 0, count: IngestLimits.sampleBytes)
    start = IngestLimits.sampleBytes
    while true {
      scanned = window.count
      guard try fill(from: &source) else { break }
      if let newline = window.bytes.firstOffset(of: 0x0A, from: scanned) {
        start = newline + 1
        break
      }
      window.truncate(to: IngestLimits.sampleBytes)
    }
    scanned = start
    return .tooLong(sample)
  }

  /// Reads more bytes behind those held; false at the end.
  private mutating func fill(from source: inout some ByteSource & ~Copyable) throws -> Bool {
    if start > IngestLimits.sampleBytes || window.freeCapacity == 0 {
      window.removeFirst(start)
      scanned -= start
      start = 0
    }
    let before = window.count
    guard try source.read(into: &window) else { return false }
    byteCount += Int64(window.count - before)
    if let zero = window.bytes.firstOffset(of: 0, from: before) {
      throw FileRejection.zeroByte(line: line(ofByteAt: zero))
    }
    return true
  }

  private func line(ofByteAt end: Int) -> Int {
    var line = lineNumber + 1
    var offset = start
    while let newline = window.bytes.firstOffset(of: 0x0A, from: offset), newline < end {
      line += 1
      offset = newline + 1
    }
    return line
  }
}
