import FixedMemory
import LinuxIO

/// Lines of a batch in a temporary file, sorted by user and line.
///
/// Each is the key (16 bytes), the sequence number (LEB128), and its changes (``ChangeCodec``).
struct StagedRun: ~Copyable, Sendable {
  let name: String
  private let file: MappedFile

  /// Writes sorted lines.
  init(
    _ lines: [StagedLine], _ changes: ByteWriter, _ directory: Directory, name: String
  ) throws(FileError) {
    self.name = name
    var sink = try FileSink(path: directory.path(of: name))
    var writer = ByteWriter()
    for line in lines {
      writer.append(word: line.key.high)
      writer.append(word: line.key.low)
      writer.append(varint: line.sequence)
      writer.append(changes, line.offset, line.end)
      guard writer.count >= 1 << 16 else { continue }
      try sink.append(writer.bytes)
      writer.removeAll()
    }
    try sink.append(writer.bytes)
    try sink.flush()
    file = try MappedFile(sink.file)
    file.advise(.sequential)
  }

  var byteCount: Int { file.byteCount }

  /// The key at a place.
  func key(at offset: Int) -> UserKey {
    let bytes = file.bytes
    return UserKey(high: bytes.word(at: offset), low: bytes.word(at: offset + 8))
  }

  /// Adds the changes of the line at a place to a list; returns the place of the next line.
  func read(at offset: Int, into list: inout [OrderedChange]) -> (next: Int, sequence: UInt64) {
    let bytes = file.bytes
    var reader = ByteReader(offset: offset + 16)
    let sequence = reader.varint(bytes)
    let next = ChangeCodec.decode(bytes, at: reader.offset, sequence: sequence, into: &list)
    return (next, sequence)
  }
}

/// A sorted file of a batch that its cursor can hold.
final class SharedRun: Sendable {
  let run: StagedRun

  init(_ run: consuming StagedRun) { self.run = run }
}
