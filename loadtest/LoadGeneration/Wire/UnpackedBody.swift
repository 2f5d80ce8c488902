import Compression
import FixedMemory

/// The body of an answer that came in chunks or as gzip, as it was meant.
struct UnpackedBody: ~Copyable {
  /// The body.
  private(set) var plain = FixedBuffer(capacity: LoadLimits.answerBytes)
  private var joined = FixedBuffer(capacity: LoadLimits.answerBytes)
  private var decompressor = BodyDecompressor()

  /// Puts a body together; false where it is no gzip though it says so, or is too long.
  ///
  /// - Parameter input: what the answer was read from.
  mutating func unpack(_ answer: Answer, of input: borrowing FixedBuffer) -> Bool {
    plain.removeAll()
    guard answer.isGzipped else {
      answer.appendBody(of: input.bytes, to: &plain)
      return true
    }
    joined.removeAll()
    answer.appendBody(of: input.bytes, to: &joined)
    return Self.inflate(joined, into: &plain, &decompressor)
  }

  private static func inflate(
    _ body: borrowing FixedBuffer, into plain: inout FixedBuffer,
    _ decompressor: inout BodyDecompressor
  ) -> Bool {
    decompressor.decompress(body.bytes, into: &plain) == .done
  }
}
