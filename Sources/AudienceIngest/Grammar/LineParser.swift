import FixedMemory

/// Reads a line of a format and hands what it says to a sink.
struct LineParser {
  private let format: UploadFormat
  private var adobe = AdobeLine()
  private var suppression = SuppressionLine()

  init(format: UploadFormat) { self.format = format }

  /// Tokens of the line read last that are no segment.
  var badSegments: Int { format == .adobeOutbound ? adobe.badSegments : 0 }

  /// Takes a line apart; a valid one goes to the sink.
  mutating func parse(
    _ bytes: RawSpan, _ line: ByteSlice, into sink: inout some RowSink & ~Copyable
  ) throws -> LineVerdict {
    switch format {
    case .adobeOutbound:
      let verdict = adobe.parse(bytes, line)
      guard verdict == .valid else { return verdict }
      let isID = try sink.take(
        id: bytes.slice(adobe.id), added: adobe.added, removed: adobe.removed)
      return isID ? .valid : .malformed
    case .suppression:
      let verdict = suppression.parse(bytes, line)
      guard verdict == .valid else { return verdict }
      let outcome = try sink.suppress(
        space: bytes.slice(suppression.space), id: bytes.slice(suppression.id))
      switch outcome {
      case .taken: return .valid
      case .unknownSpace: return .unknownID
      case .noID: return .malformed
      }
    }
  }
}
