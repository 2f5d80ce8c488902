import FixedMemory
import LinuxIO

/// A new file that is written from front to back through a buffer.
struct FileSink: ~Copyable {
  let file: File
  private var buffer = FixedBuffer(capacity: 1 << 20)
  private var written = 0

  init(path: String) throws(FileError) {
    file = try File(path, .createNew)
  }

  /// The bytes appended so far.
  var position: Int { written + buffer.count }

  mutating func append(_ bytes: [UInt8]) throws(FileError) {
    if bytes.count > buffer.freeCapacity { try flush() }
    guard bytes.count <= buffer.capacity else {
      try file.write(bytes.rawSpan)
      written += bytes.count
      return
    }
    buffer.append(bytes.rawSpan)
  }

  /// Adds zeros up to the next multiple of 64 bytes.
  mutating func pad() throws(FileError) {
    try append([UInt8](repeating: 0, count: LayerHeader.padded(position) - position))
  }

  mutating func flush() throws(FileError) {
    try file.write(buffer.bytes)
    written += buffer.count
    buffer.removeAll()
  }
}
