import FixedMemory

/// Reads a file's lines, hands the valid ones to a sink and keeps the counts of a report.
struct LineTally {
  private(set) var counts = LineCounts()
  /// The first lines that are not stored as they stand.
  private(set) var errors: [LineError] = []
  /// Decoded bytes.
  private(set) var byteCount: Int64 = 0
  private let errorLimit: Int

  /// - Parameter errorLimit: lines to quote, at most ``IngestLimits/maxErrorSamples``.
  init(errorLimit: Int = IngestLimits.errorSamples) {
    self.errorLimit = min(errorLimit, IngestLimits.maxErrorSamples)
  }

  /// Reads all lines; what was counted before an error stays.
  ///
  /// - Throws: ``FileRejection/zeroByte(line:)``, ``IngestInterrupted``, and what source and sink
  ///   throw.
  /// - Complexity: O(bytes).
  mutating func read(
    _ format: UploadFormat, from source: inout some ByteSource & ~Copyable,
    into sink: inout some RowSink & ~Copyable, isStopping: () -> Bool = { false }
  ) throws {
    var reader = LineReader()
    var parser = LineParser(format: format)
    var seen = LineSet()
    defer { byteCount = reader.byteCount }
    while true {
      if reader.lineNumber & 0xFFFF == 0xFFFF, isStopping() { throw IngestInterrupted() }
      switch try reader.next(from: &source) {
      case .end: return
      case .tooLong(let place):
        counts.tooLong += 1
        reader.withBytes { quote($0, place, .tooLong, reader.lineNumber) }
      case .line(let place):
        try reader.withBytes { bytes in
          try judge(bytes, place, reader.lineNumber, &parser, &seen, &sink)
        }
      }
    }
  }

  /// How many lines a file has.
  ///
  /// - Complexity: O(bytes).
  static func lineCount(of source: inout some ByteSource & ~Copyable) throws -> Int {
    var reader = LineReader()
    while try reader.next(from: &source) != .end {}
    return reader.lineNumber
  }

  private mutating func judge(
    _ bytes: RawSpan, _ place: ByteSlice, _ number: Int, _ parser: inout LineParser,
    _ seen: inout LineSet, _ sink: inout some RowSink & ~Copyable
  ) throws {
    switch try parser.parse(bytes, place, into: &sink) {
    case .valid:
      if seen.insert(bytes, place) { counts.stored += 1 } else { counts.duplicate += 1 }
      guard parser.badSegments > 0 else { return }
      counts.badSegments += parser.badSegments
      quote(bytes, place, .badSegments, number)
    case .empty: counts.empty += 1
    case .malformed:
      counts.malformed += 1
      quote(bytes, place, .malformed, number)
    case .unknownID:
      counts.unknownID += 1
      quote(bytes, place, .unknownID, number)
    }
  }

  private mutating func quote(
    _ bytes: RawSpan, _ place: ByteSlice, _ category: LineError.Category, _ number: Int
  ) {
    guard errors.count < errorLimit else { return }
    errors.append(LineError(line: number, category: category, bytes: bytes, at: place))
  }

  /// Holds the counts against the rules for whole files.
  ///
  /// - Parameter maxInvalid: the share of malformed lines that is tolerated, in parts per million.
  /// - Throws: ``FileRejection/tooManyMalformed(_:of:)``, ``FileRejection/noValidLine``.
  func check(maxInvalid: Int64) throws(FileRejection) {
    if counts.valid == 0 { throw .noValidLine }
    guard counts.malformed > IngestLimits.toleratedMalformed else { return }
    if Int64(counts.malformed) * 1_000_000 > Int64(counts.received) * maxInvalid {
      throw .tooManyMalformed(counts.malformed, of: counts.received)
    }
  }
}
