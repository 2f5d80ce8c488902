import Glibc

/// A numeric IPv4 or IPv6 address with a port.
package struct SocketAddress: Hashable, Sendable {
  /// The address as it is written, without brackets.
  package let host: String
  /// The port; 0 lets the system choose one to listen on.
  package let port: UInt16

  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// From `127.0.0.1:8080` or `[::1]:8080`; nil for names, and for ports past 65,535.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let port = UInt16(digits)
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
      guard host.contains(":") else { return nil }
    } else if host.contains(":") {
      return nil
    }
    self.init(host: host, port: port)
    // Safety: nothing reads the address.
    guard unsafe withSocketAddress({ _, _ in true }) == true else { return nil }
  }

  /// Whether it is an address of IPv6.
  package var isVersion6: Bool { host.contains(":") }

  /// Lends the address in the form that system calls take, or returns nil if it is no address.
  func withSocketAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result? {
    isVersion6 ? unsafe withVersion6(body) : unsafe withVersion4(body)
  }

  private func withVersion4<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    // Safety: inet_pton writes one in_addr; the rebound pointer lives for the body alone.
    guard unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe body(generic, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private func withVersion6<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result? {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    // Safety: inet_pton writes one in6_addr; the rebound pointer lives for the body alone.
    guard unsafe inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { return nil }
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe body(generic, socklen_t(MemoryLayout<sockaddr_in6>.size))
      }
    }
  }
}

extension SocketAddress: CustomStringConvertible {
  package var description: String { isVersion6 ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
