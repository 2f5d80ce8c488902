import FixedMemory
import LinuxIO

/// The names of all segments on the disk, in the order of their numbers; names are only added.
///
/// Each is its length (4 bytes), its bytes, and a checksum of both (8 bytes). What a crash cut off
/// at the end was never relied on and is dropped; anything else wrong is damage.
struct SegmentNameFile: Sendable {
  static let fileName = "segments"

  private let path: String
  /// The names on the disk.
  private(set) var count: Int
  private var byteCount: Int

  /// Reads the names of a folder.
  ///
  /// - Parameter needed: how many the layers rely on.
  static func read(
    _ directory: Directory, needed: Int
  ) throws -> (file: SegmentNameFile, names: [String]) {
    let path = directory.path(of: fileName)
    var bytes: [UInt8] = []
    if try FileStatus.of(path) != nil {
      bytes = try File.contents(of: path, limit: Limits.registryBytes)
    }
    let (names, end) = parse(bytes.rawSpan)
    guard names.count >= needed else {
      throw AudienceStoreError.damaged(
        path: path, reason: "\(names.count) segment names are readable of \(needed)")
    }
    guard Set(names).count == names.count else {
      throw AudienceStoreError.damaged(path: path, reason: "a segment name stands twice")
    }
    return (SegmentNameFile(path: path, count: names.count, byteCount: end), names)
  }

  private static func parse(_ bytes: RawSpan) -> ([String], Int) {
    var names: [String] = []
    var offset = 0
    while offset + 12 <= bytes.byteCount {
      let length = Int(bytes.word32(at: offset))
      guard length <= bytes.byteCount - offset - 12 else { break }
      let covered = bytes.slice(offset, 4 + length)
      guard Checksum64.of(covered) == bytes.word(at: offset + 4 + length) else { break }
      var name: [UInt8] = []
      for index in 0..<length { name.append(bytes.byte(at: offset + 4 + index)) }
      names.append(String(decoding: name, as: UTF8.self))
      offset += 12 + length
    }
    return (names, offset)
  }

  /// Adds names and waits until they are on the disk.
  mutating func append(_ names: [String]) throws(FileError) {
    guard !names.isEmpty else { return }
    var writer = ByteWriter()
    for name in names {
      var entry = ByteWriter()
      entry.append(word32: UInt32(name.utf8.count))
      entry.append(contentsOf: Array(name.utf8))
      let sum = Checksum64.of(entry.bytes.rawSpan)
      entry.append(word: sum)
      writer.append(contentsOf: entry.bytes)
    }
    let file = try File(path, .openOrCreate)
    try file.truncate(to: byteCount)
    try file.write(writer.bytes.rawSpan, at: byteCount)
    try file.sync()
    count += names.count
    byteCount += writer.count
  }
}
