import Glibc

/// The number with which a system call failed.
@usableFromInline
package struct Errno: Error, Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package let rawValue: Int32

  @inlinable
  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// The calling thread's number of its last failed call.
  @inlinable
  package static var last: Errno { Errno(rawValue: errno) }

  @inlinable package static var interrupted: Errno { Errno(rawValue: EINTR) }
  @inlinable package static var wouldBlock: Errno { Errno(rawValue: EAGAIN) }
  @inlinable package static var notFound: Errno { Errno(rawValue: ENOENT) }
  @inlinable package static var exists: Errno { Errno(rawValue: EEXIST) }
  @inlinable package static var noSpace: Errno { Errno(rawValue: ENOSPC) }
  @inlinable package static var invalid: Errno { Errno(rawValue: EINVAL) }
  @inlinable package static var inputOutput: Errno { Errno(rawValue: EIO) }

  /// Calls until the call is not interrupted by a signal; throws what else it fails with.
  ///
  /// The body follows the system's custom: a negative result means that `errno` says why.
  @inlinable @inline(__always) @discardableResult
  package static func retrying<Result: SignedInteger>(
    _ body: () -> Result
  ) throws(Errno) -> Result {
    while true {
      let result = body()
      if result >= 0 { return result }
      let failure = Errno.last
      if failure != .interrupted { throw failure }
    }
  }
}

extension Errno: CustomStringConvertible {
  /// The system's words for it, such as `No such file or directory`.
  @usableFromInline package var description: String {
    var text = [CChar](repeating: 0, count: 128)
    // Safety: the C library writes at most `count` bytes and may answer a string of its own, which
    // lives for the whole process.
    return unsafe text.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return "error \(rawValue)" }
      guard unsafe strerror_r(rawValue, start, buffer.count) == 0 else {
        return "error \(rawValue)"
      }
      return unsafe String(cString: start)
    }
  }
}
