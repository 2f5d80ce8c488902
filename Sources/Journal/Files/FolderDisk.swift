import FixedMemory
import LinuxIO

/// A journal's folder on a disk.
package struct FolderDisk: JournalDisk {
  private let directory: Directory

  /// A folder by path; nothing is done yet.
  package init(_ path: String) { directory = Directory(path) }

  /// Creates the folder, with all above it, where it is missing.
  package func create() throws(FileError) {
    try directory.create()
    let (above, _) = Directory.parent(of: directory.path)
    try above.sync()
  }

  package func path(of name: String) -> String { directory.path(of: name) }

  package func list() throws(FileError) -> [String] { try directory.list() }

  package func create(_ name: String) throws(FileError) -> any JournalFile {
    try directory.remove(name)
    return FolderFile(try File(path(of: name), .createNew))
  }

  package func open(
    _ name: String, _ access: File.Access
  ) throws(FileError) -> any JournalFile {
    FolderFile(try File(path(of: name), access))
  }

  package func rename(_ name: String, to newName: String) throws(FileError) {
    try directory.rename(name, to: newName)
  }

  package func remove(_ name: String) throws(FileError) { try directory.remove(name) }

  package func sync() throws(FileError) { try directory.sync() }
}

/// A file of a ``FolderDisk``.
private final class FolderFile: JournalFile {
  private let file: File

  init(_ file: consuming File) { self.file = file }

  func size() throws(FileError) -> Int { try file.size() }

  func read(at offset: Int, into buffer: inout FixedBuffer) throws(FileError) -> Int {
    try file.read(at: offset, into: &buffer)
  }

  func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    try file.write(bytes, at: offset)
  }

  func syncData() throws(FileError) { try file.syncData() }

  func truncate(to size: Int) throws(FileError) { try file.truncate(to: size) }
}
