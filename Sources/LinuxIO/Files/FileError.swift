import Glibc

/// A system call on a file that failed: which, on what, and the kernel's reason.
package struct FileError: Error, Equatable, Sendable {
  /// The system call or step that failed.
  package let operation: String
  /// The path it worked on.
  package let path: String
  /// The error number of errno.h.
  package let code: Int32

  package init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The error of the call that just failed on this thread.
  static func last(_ operation: String, _ path: String) -> FileError {
    FileError(operation: operation, path: path, code: errno)
  }

  /// The error of a file that is beyond what its reader or writer takes.
  package static func tooLarge(_ operation: String, _ path: String) -> FileError {
    FileError(operation: operation, path: path, code: EFBIG)
  }

  /// Whether the file is beyond what its reader or writer takes, or what its file system holds.
  package var isTooLarge: Bool { code == EFBIG }
  /// Whether the file system, or the quota of its user, is full.
  package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
  /// Whether the path does not exist.
  package var isMissing: Bool { code == ENOENT }
  /// Whether the path was to be created and exists.
  package var isExisting: Bool { code == EEXIST }
}

extension FileError: CustomStringConvertible {
  package var description: String {
    // Safety: strerror returns a terminated string; it is copied before anything else is called.
    let reason = unsafe String(cString: strerror(code))
    return "\(path): \(operation): \(reason)"
  }
}
