import Glibc
import LinuxIO

/// The service manager's end of sd_notify(3): a datagram socket at a path or an abstract name.
package final class NotifyListener: Sendable {
  private let number: Int32

  /// Listens at a name as `$NOTIFY_SOCKET` holds it.
  package init(_ name: String) throws(Errno) {
    number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(name.utf8)
    if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
    // Safety: the test's names are shorter than the field; all buffers live for the calls.
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let size = socklen_t(2 + bytes.count + (bytes[0] == 0 ? 0 : 1))
    let number = number
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(number, $0, size)
      }
    }
    if result != 0 { throw .last }
  }

  deinit { close(number) }

  /// The next message; nil where none comes in time.
  package func next(milliseconds: Int32 = 10_000) -> String? {
    var watched = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    // Safety: one pollfd, and a buffer of the length that is given.
    guard unsafe poll(&watched, 1, milliseconds) > 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe recv(watched.fd, $0.baseAddress, $0.count, 0)
    }
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }
}
