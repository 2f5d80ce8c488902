import CLinux
import Glibc

/// A directory of the disk by path: listing, and the steps that make its entries durable.
package struct Directory: Equatable, Sendable {
  /// Its path, without a slash at the end.
  package let path: String

  package init(_ path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// The path of an entry.
  package func path(of name: String) -> String { "\(path)/\(name)" }

  /// A directory inside it.
  package func directory(_ name: String) -> Directory { Directory(path(of: name)) }

  /// The directory that a path lies in, and the path's name there.
  package static func parent(of path: String) -> (directory: Directory, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (Directory("."), path) }
    let above = path[..<slash]
    return (
      Directory(above.isEmpty ? "/" : String(above)), String(path[path.index(after: slash)...])
    )
  }

  /// Creates it, with all above it, where it is missing.
  package func create(mode: mode_t = 0o755) throws(FileError) {
    // Safety: the path is lent to the call as a terminated string; so in all calls below.
    if unsafe mkdir(path, mode) == 0 || errno == EEXIST { return try checkIsDirectory() }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw .last("mkdir", path)
    }
    try Directory(String(path[..<slash])).create(mode: mode)
    guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else { throw .last("mkdir", path) }
  }

  /// The names in it in byte order, without `.` and `..`.
  ///
  /// - Complexity: O(n log n) in the entries.
  package func list() throws(FileError) -> [String] {
    // Safety: the stream is owned by this call; an entry's name is copied before the next read.
    guard let stream = unsafe opendir(path) else { throw .last("opendir", path) }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .last("readdir", path) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Waits until its entries are on the disk: what makes a creation, a rename or an unlink last.
  package func sync() throws(FileError) {
    // Safety: the path is lent as a terminated string.
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open", path) }
    defer { _ = Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .last("fsync", path) }
  }

  /// Renames an entry within it, in the place of an earlier one of the new name.
  package func rename(_ name: String, to newName: String) throws(FileError) {
    try Directory.move(path(of: name), to: path(of: newName))
  }

  /// Moves a path within one file system, in the place of what was there.
  package static func move(_ path: String, to newPath: String) throws(FileError) {
    // Safety: the paths are lent as terminated strings.
    guard unsafe Glibc.rename(path, newPath) == 0 else { throw .last("rename", path) }
  }

  /// Renames an entry within it to a name that is free; false, and nothing changes, where the name
  /// is taken.
  package func renameToFree(_ name: String, to newName: String) throws(FileError) -> Bool {
    // Safety: the paths are lent as terminated strings.
    if unsafe nod_rename_new(path(of: name), path(of: newName)) == 0 { return true }
    if errno == EEXIST { return false }
    throw .last("rename", path(of: name))
  }

  /// Removes a file from it; true when it was there.
  @discardableResult
  package func remove(_ name: String) throws(FileError) -> Bool {
    // Safety: the path is lent as a terminated string.
    if unsafe unlink(path(of: name)) == 0 { return true }
    if errno == ENOENT { return false }
    throw .last("unlink", path(of: name))
  }

  /// Removes it with everything inside.
  ///
  /// - Complexity: O(entries below it).
  package func removeAll() throws(FileError) {
    for name in try list() {
      if try isLink(name) == false, try FileStatus.of(path(of: name))?.isDirectory == true {
        try directory(name).removeAll()
      } else {
        try remove(name)
      }
    }
    // Safety: the path is lent as a terminated string.
    guard unsafe rmdir(path) == 0 else { throw .last("rmdir", path) }
  }

  private func isLink(_ name: String) throws(FileError) -> Bool {
    var status = stat()
    // Safety: the structure is owned by this frame.
    guard unsafe lstat(path(of: name), &status) == 0 else {
      throw .last("lstat", path(of: name))
    }
    return status.st_mode & S_IFMT == S_IFLNK
  }

  private func checkIsDirectory() throws(FileError) {
    guard try FileStatus.of(path)?.isDirectory == true else {
      throw FileError(operation: "mkdir", path: path, code: ENOTDIR)
    }
  }
}
