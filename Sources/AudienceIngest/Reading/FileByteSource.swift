import Compression
import FixedMemory
import LinuxIO

/// The decoded bytes of an upload on the disk: gzip where the first two bytes say so.
///
/// A name that ends in `.gz` promises gzip, so its content must be; other names may hold either.
struct FileByteSource: ~Copyable, ByteSource {
  private let file: File
  /// Whether the bytes are decoded.
  let isCompressed: Bool
  private var gzip: GzipReader?
  private let progress: IngestProgress?

  /// Opens a path.
  ///
  /// - Parameter progress: counts the bytes as they are read, before they are decoded.
  /// - Throws: ``FileRejection/unreadable(_:)``.
  init(path: String, progress: IngestProgress? = nil) throws(FileRejection) {
    let file = try Self.open(path)
    let isCompressed = try Self.holdsGzip(file)
    gzip = isCompressed ? try Self.decoder() : nil
    self.file = file
    self.isCompressed = isCompressed
    self.progress = progress
  }

  private static func open(_ path: String) throws(FileRejection) -> File {
    do throws(FileError) { return try File(path, .read) } catch { throw .unreadable("\(error)") }
  }

  private static func decoder() throws(FileRejection) -> GzipReader {
    do { return try GzipReader() } catch { throw .unreadable("\(error)") }
  }

  private static func holdsGzip(_ file: borrowing File) throws(FileRejection) -> Bool {
    var head = FixedBuffer(capacity: 2)
    do throws(FileError) {
      while head.freeCapacity > 0, try file.read(at: head.count, into: &head) > 0 {}
    } catch {
      throw .unreadable("\(error)")
    }
    return isGzip(head.bytes) || file.path.lowercased().hasSuffix(".gz")
  }

  private static func isGzip(_ head: RawSpan) -> Bool {
    head.byteCount == 2 && head.byte(at: 0) == 0x1F && head.byte(at: 1) == 0x8B
  }

  /// - Throws: ``FileRejection/unreadable(_:)``.
  mutating func read(into buffer: inout FixedBuffer) throws -> Bool {
    do {
      guard gzip != nil else {
        let count = try file.read(into: &buffer)
        progress?.add(count)
        return count > 0
      }
      return try Self.decode(&gzip!, file, progress, into: &buffer)
    } catch {
      throw FileRejection.unreadable("\(error)")
    }
  }

  private static func decode(
    _ gzip: inout GzipReader, _ file: borrowing File, _ progress: IngestProgress?,
    into buffer: inout FixedBuffer
  ) throws -> Bool {
    try gzip.read(into: &buffer) { input in
      let count = try file.read(into: &input)
      progress?.add(count)
    }
  }
}
