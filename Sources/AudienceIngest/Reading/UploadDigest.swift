import Cryptography
import FixedMemory
import LinuxIO

/// What identifies a file's bytes as delivered.
struct UploadDigest: Equatable, Sendable {
  /// Bytes read at a time.
  private static let chunkBytes = 128 << 10

  /// In lower-case hexadecimal.
  let sha256: String
  /// In lower-case hexadecimal.
  let md5: String
  /// The file's length.
  let byteCount: Int64

  /// Reads a file.
  ///
  /// - Throws: ``FileRejection/unreadable(_:)``.
  /// - Complexity: O(bytes).
  init(of path: String) throws(FileRejection) {
    var sha256 = Digest(.sha256)
    var md5 = Digest(.md5)
    var byteCount: Int64 = 0
    var chunk = FixedBuffer(capacity: Self.chunkBytes)
    do throws(FileError) {
      let file = try File(path, .read)
      while try file.read(into: &chunk) > 0 {
        sha256.update(chunk.bytes)
        md5.update(chunk.bytes)
        byteCount += Int64(chunk.count)
        chunk.removeAll()
      }
    } catch {
      throw .unreadable("\(error)")
    }
    self.sha256 = sha256.hexadecimal()
    self.md5 = md5.hexadecimal()
    self.byteCount = byteCount
  }

  /// What a manifest can say of the file, whose text was read before.
  ///
  /// - Parameter md5: the digest that the manifest gives: the decoded bytes are only read again
  ///   when the delivered ones do not have it.
  func measure(
    of path: String, decodedBytes: Int64, lines: Int, md5: String?
  ) throws -> UploadMeasure {
    var measure = UploadMeasure(
      deliveredBytes: byteCount, deliveredMD5: self.md5, decodedBytes: decodedBytes,
      decodedMD5: self.md5, lines: Int64(lines))
    if let md5, md5 != self.md5, decodedBytes != byteCount {
      measure.decodedMD5 = try Self.decodedMD5(of: path)
    }
    return measure
  }

  /// What a manifest can say of the file, whose text is read for it.
  func measure(of path: String, md5: String?) throws -> UploadMeasure {
    var source = try FileByteSource(path: path)
    var reader = LineReader()
    while try reader.next(from: &source) != .end {}
    return try measure(
      of: path, decodedBytes: reader.byteCount, lines: reader.lineNumber, md5: md5)
  }

  private static func decodedMD5(of path: String) throws -> String {
    var source = try FileByteSource(path: path)
    var digest = Digest(.md5)
    var chunk = FixedBuffer(capacity: chunkBytes)
    while try source.read(into: &chunk) {
      digest.update(chunk.bytes)
      chunk.removeAll()
    }
    return digest.hexadecimal()
  }
}
