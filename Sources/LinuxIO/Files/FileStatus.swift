import Glibc

/// What the file system says of a path.
package struct FileStatus: Equatable, Sendable {
  /// Its length in bytes.
  package let size: Int
  /// When its content last changed, in nanoseconds since 1970.
  package let modifiedNanoseconds: Int64
  /// When its content, name or attributes last changed, in nanoseconds since 1970: later than
  /// ``modifiedNanoseconds`` when it was renamed after the last write.
  package let changedNanoseconds: Int64
  /// Its number in the file system: two paths with the same are one file.
  package let inode: UInt64
  /// Its permissions: the lower nine bits for owner, group and others.
  package let permissions: UInt32
  /// Whether it is a directory.
  package let isDirectory: Bool
  /// Whether it is an ordinary file.
  package let isRegular: Bool

  init(_ status: stat) {
    size = Int(status.st_size)
    modifiedNanoseconds =
      Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    changedNanoseconds =
      Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    inode = UInt64(status.st_ino)
    permissions = status.st_mode & 0o7777
    isDirectory = status.st_mode & S_IFMT == S_IFDIR
    isRegular = status.st_mode & S_IFMT == S_IFREG
  }

  /// The status of what a path names, following links; nil when there is nothing.
  package static func of(_ path: String) throws(FileError) -> FileStatus? {
    var status = stat()
    // Safety: the structure is owned by this frame.
    guard unsafe stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .last("stat", path)
    }
    return FileStatus(status)
  }

  /// The status of a directory's entry itself: a link is neither a directory nor an ordinary file;
  /// nil when there is nothing.
  package static func ofEntry(_ path: String) throws(FileError) -> FileStatus? {
    var status = stat()
    // Safety: the structure is owned by this frame.
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .last("lstat", path)
    }
    return FileStatus(status)
  }
}
