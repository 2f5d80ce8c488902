import FixedMemory
import LinuxIO

/// The folder of a journal: what is done to it goes through here, so that a test can fail or end
/// at any step.
package protocol JournalDisk: Sendable {
  /// The path of a file, for messages.
  func path(of name: String) -> String
  /// The names of its files.
  func list() throws(FileError) -> [String]
  /// A new, empty file in the place of what had the name.
  func create(_ name: String) throws(FileError) -> any JournalFile
  /// A file that is there.
  func open(_ name: String, _ access: File.Access) throws(FileError) -> any JournalFile
  /// Gives a file another name, in the place of what had it.
  func rename(_ name: String, to newName: String) throws(FileError)
  /// Removes a file, if it is there.
  func remove(_ name: String) throws(FileError)
  /// Waits until creations, renames and removals are on the disk.
  func sync() throws(FileError)
}

/// An open file of a journal's folder.
package protocol JournalFile: AnyObject, Sendable {
  /// Its length in bytes.
  func size() throws(FileError) -> Int
  /// Reads into the buffer's free part; 0 at the end of the file.
  func read(at offset: Int, into buffer: inout FixedBuffer) throws(FileError) -> Int
  /// Writes all bytes.
  func write(_ bytes: RawSpan, at offset: Int) throws(FileError)
  /// Waits until its data and length are on the disk.
  func syncData() throws(FileError)
  /// Cuts it.
  func truncate(to size: Int) throws(FileError)
}

extension JournalDisk {
  /// Makes a file with some content durable: it is there as a whole or not at all. What is half
  /// written when the disk is full is removed.
  package func put(_ name: String, _ parts: [[UInt8]]) throws(FileError) {
    let temporary = JournalFileName.temporary(of: name)
    do {
      try write(parts, to: temporary)
      try rename(temporary, to: name)
    } catch {
      try? remove(temporary)
      throw error
    }
    try sync()
  }

  private func write(_ parts: [[UInt8]], to temporary: String) throws(FileError) {
    let file = try create(temporary)
    var offset = 0
    for part in parts where !part.isEmpty {
      try file.write(part.rawSpan, at: offset)
      offset += part.count
    }
    try file.syncData()
  }

  /// A whole file of at most `limit` bytes.
  ///
  /// - Complexity: O(bytes).
  package func contents(of name: String, limit: Int) throws(FileError) -> FixedBuffer {
    let file = try open(name, .read)
    let size = try file.size()
    guard size <= limit else { throw .tooLarge("read", path(of: name)) }
    var buffer = FixedBuffer(capacity: max(1, size))
    while buffer.count < size {
      if try file.read(at: buffer.count, into: &buffer) == 0 { break }
    }
    return buffer
  }
}
