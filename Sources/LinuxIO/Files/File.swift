import FixedMemory
import Glibc

/// An open file of the disk; closed when it ends. Descriptors do not survive an exec.
package struct File: ~Copyable, Sendable {
  /// How a path is opened.
  package enum Access: Sendable {
    /// For reading; the file must exist.
    case read
    /// For reading and writing; the file must exist.
    case readWrite
    /// A new file for reading and writing; it is an error if the path exists.
    case createNew
    /// For reading and writing; the file is created when missing.
    case openOrCreate
    /// For writing at the end; the file is created when missing.
    case append

    var flags: Int32 {
      switch self {
      case .read: O_RDONLY
      case .readWrite: O_RDWR
      case .createNew: O_RDWR | O_CREAT | O_EXCL
      case .openOrCreate: O_RDWR | O_CREAT
      case .append: O_WRONLY | O_CREAT | O_APPEND
      }
    }
  }

  /// The number of the open file.
  let descriptor: Int32
  /// The path it was opened with, for messages.
  package let path: String

  /// Opens a path; a new file gets `mode` less the process's mask.
  package init(_ path: String, _ access: Access, mode: mode_t = 0o644) throws(FileError) {
    // Safety: the path is lent as a terminated string.
    let descriptor = unsafe Glibc.open(path, access.flags | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .last("open", path) }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { _ = Glibc.close(descriptor) }

  /// Its length in bytes.
  package func size() throws(FileError) -> Int { try status().size }

  /// Its length, time of change and identity.
  package func status() throws(FileError) -> FileStatus {
    var status = stat()
    // Safety: the structure is owned by this frame.
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
    return FileStatus(status)
  }

  /// Reads from the current place into the buffer's free part; 0 at the end of the file.
  package func read(into buffer: inout FixedBuffer) throws(FileError) -> Int {
    var result = 0
    // Safety: the kernel writes at most the free part's length.
    _ = unsafe buffer.fill { free in
      result = retrying { unsafe Glibc.read(descriptor, free.baseAddress, free.count) }
      return max(0, result)
    }
    guard result >= 0 else { throw .last("read", path) }
    return result
  }

  /// Reads from a place in the file into the buffer's free part; 0 at the end of the file.
  package func read(at offset: Int, into buffer: inout FixedBuffer) throws(FileError) -> Int {
    var result = 0
    // Safety: the kernel writes at most the free part's length.
    _ = unsafe buffer.fill { free in
      result = retrying {
        unsafe pread(descriptor, free.baseAddress, free.count, off_t(offset))
      }
      return max(0, result)
    }
    guard result >= 0 else { throw .last("pread", path) }
    return result
  }

  /// Writes all bytes at the current place.
  package func write(_ bytes: RawSpan) throws(FileError) {
    var done = 0
    while done < bytes.byteCount {
      // Safety: the pointer covers exactly the bytes still to be written.
      let count = unsafe bytes.withUnsafeBytes { all in
        retrying {
          unsafe Glibc.write(descriptor, all.baseAddress! + done, all.count - done)
        }
      }
      guard count > 0 else { throw .last("write", path) }
      done += count
    }
  }

  /// Writes all bytes from a place in the file on.
  package func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    var done = 0
    while done < bytes.byteCount {
      // Safety: the pointer covers exactly the bytes still to be written.
      let count = unsafe bytes.withUnsafeBytes { all in
        retrying {
          unsafe pwrite(
            descriptor, all.baseAddress! + done, all.count - done, off_t(offset + done))
        }
      }
      guard count > 0 else { throw .last("pwrite", path) }
      done += count
    }
  }

  /// Sets when its content last changed to some milliseconds before now.
  ///
  /// The time of its change of state stays now, so that the two differ whatever the kernel's clock.
  package func setModified(millisecondsAgo: Int64) throws(FileError) {
    let nanoseconds = (Clock.realtimeMilliseconds() - millisecondsAgo) * 1_000_000
    let time = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    // Safety: the two times are owned by this frame.
    let result = unsafe withUnsafePointer(to: (time, time)) { pointer in
      unsafe pointer.withMemoryRebound(to: timespec.self, capacity: 2) { times in
        unsafe futimens(descriptor, times)
      }
    }
    guard result == 0 else { throw .last("futimens", path) }
  }

  /// Waits until its data and length are on the disk.
  package func syncData() throws(FileError) {
    guard fdatasync(descriptor) == 0 else { throw .last("fdatasync", path) }
  }

  /// Waits until its data and everything known of it are on the disk.
  package func sync() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw .last("fsync", path) }
  }

  /// Takes the file for this process alone until it is closed; false when another has it, and
  /// still has after ``LinuxIOLimits/lockMilliseconds``.
  package func tryLock() throws(FileError) -> Bool {
    for _ in 0..<LinuxIOLimits.lockMilliseconds {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK else { throw .last("flock", path) }
      usleep(1_000)
    }
    return false
  }

  /// Cuts it, or lengthens it with zeros.
  package func truncate(to size: Int) throws(FileError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw .last("ftruncate", path) }
  }

  private func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}

extension File {
  /// Reads a whole file of at most `limit` bytes.
  ///
  /// - Complexity: O(bytes).
  package static func contents(
    of path: String, limit: Int
  ) throws(FileError) -> [UInt8] {
    let file = try File(path, .read)
    let size = try file.size()
    guard size <= limit else { throw .tooLarge("read", path) }
    var buffer = FixedBuffer(capacity: max(1, size))
    while buffer.count < size, try file.read(into: &buffer) > 0 {}
    var bytes: [UInt8] = []
    bytes.reserveCapacity(buffer.count)
    for offset in 0..<buffer.count { bytes.append(buffer.bytes.byte(at: offset)) }
    return bytes
  }
}
