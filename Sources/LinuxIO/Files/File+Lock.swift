import Glibc

extension File {
  /// Takes the file's lock for this process until the file is closed; false when another process
  /// holds it. The kernel gives it back when a process dies (flock(2)).
  package func lock() throws(FileError) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EWOULDBLOCK: return false
      case EINTR: continue
      default: throw FileError.last("flock", path)
      }
    }
    return true
  }
}
