import Glibc

/// The datagram socket at which a service manager waits for news of its services, as sd_notify(3)
/// of systemd describes.
package final class NotifySocket: Sendable {
  private let descriptor: Descriptor
  private let name: [UInt8]

  /// The socket of a name as `$NOTIFY_SOCKET` holds it: an absolute path, or `@` and an abstract
  /// name; nil for any other text and names longer than the kernel takes.
  package init?(_ text: String) {
    guard let name = Self.name(text),
      let number = try? Errno.retrying({
        socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      })
    else { return nil }
    self.name = name
    descriptor = Descriptor(rawValue: number)
    try? descriptor.setTimeout(milliseconds: LinuxIOLimits.notifyMilliseconds)
  }

  deinit { descriptor.close() }

  /// Sends assignments such as `READY=1`, one a line.
  package func send(_ message: String) throws(Errno) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = self.name
    // Safety: the name is shorter than the field, and both buffers live for the calls.
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    // An abstract name ends where the length says, a path at its first zero.
    let size = socklen_t(MemoryLayout<sa_family_t>.size + name.count + (name[0] == 0 ? 0 : 1))
    let bytes = Array(message.utf8)
    let number = descriptor.rawValue
    _ = try Errno.retrying {
      unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
          unsafe bytes.withUnsafeBytes {
            unsafe sendto(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL), generic, size)
          }
        }
      }
    }
  }

  /// The bytes of an address: an abstract name begins with a zero.
  private static func name(_ text: String) -> [UInt8]? {
    var bytes = Array(text.utf8)
    let longest = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
    guard let first = bytes.first, (2...longest).contains(bytes.count), !bytes.contains(0) else {
      return nil
    }
    guard first == UInt8(ascii: "/") || first == UInt8(ascii: "@") else { return nil }
    if first == UInt8(ascii: "@") { bytes[0] = 0 }
    return bytes
  }
}
