import CLinux
import Glibc

/// A listening or connected TCP socket: closed when the value ends.
///
/// Connections by the thousand live in a table as ``Descriptor``, which nothing closes by itself.
package struct Socket: ~Copyable, Sendable {
  /// The open socket; the value stays its owner.
  package let descriptor: Descriptor

  private init(descriptor: Descriptor) { self.descriptor = descriptor }

  deinit { descriptor.close() }

  /// Listens without blocking.
  ///
  /// - Parameter sharingPort: several sockets may listen on the port, and the kernel spreads the
  ///   connections over them (`SO_REUSEPORT`).
  package static func listening(
    at address: SocketAddress, sharingPort: Bool, backlog: Int32 = LinuxIOLimits.backlog
  ) throws(Errno) -> Socket {
    let socket = try opened(for: address, flags: Int32(SOCK_NONBLOCK.rawValue))
    try socket.descriptor.setOption(SOL_SOCKET, SO_REUSEADDR, 1)
    if sharingPort { try socket.descriptor.setOption(SOL_SOCKET, SO_REUSEPORT, 1) }
    let number = socket.descriptor.rawValue
    // Safety: the address lives for the call.
    let bound = unsafe address.withSocketAddress { unsafe bind(number, $0, $1) }
    guard bound == 0 else { throw bound == nil ? .invalid : .last }
    try Errno.retrying { listen(number, backlog) }
    return socket
  }

  /// Connects, blocking until the peer answered.
  ///
  /// - Parameter timeoutMilliseconds: for connecting, and for the socket's blocking calls after it;
  ///   without one the kernel gives up after minutes. What is over time is `EINPROGRESS`.
  package static func connected(
    to address: SocketAddress, timeoutMilliseconds: Int? = nil
  ) throws(Errno) -> Socket {
    let socket = try opened(for: address, flags: 0)
    if let timeoutMilliseconds {
      try socket.descriptor.setTimeout(milliseconds: timeoutMilliseconds)
    }
    let number = socket.descriptor.rawValue
    // Safety: the address lives for the call.
    let result = unsafe address.withSocketAddress { unsafe connect(number, $0, $1) }
    guard result == 0 else { throw result == nil ? .invalid : .last }
    try socket.descriptor.setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    return socket
  }

  /// Begins to connect without blocking: once it is writable, ``Descriptor/pendingFailure()`` says
  /// what came of it.
  ///
  /// - Parameter receiveBufferBytes: what the kernel keeps of bytes that were not read, which
  ///   bounds what the peer may send; nil for what it thinks right.
  package static func connecting(
    to address: SocketAddress, receiveBufferBytes: Int32? = nil
  ) throws(Errno) -> Socket {
    let socket = try opened(for: address, flags: Int32(SOCK_NONBLOCK.rawValue))
    try socket.descriptor.setBufferSizes(receive: receiveBufferBytes)
    try socket.descriptor.setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    let number = socket.descriptor.rawValue
    // Safety: the address lives for the call.
    let result = unsafe address.withSocketAddress { unsafe connect(number, $0, $1) }
    guard result != nil else { throw .invalid }
    if result != 0, Errno.last.rawValue != EINPROGRESS { throw .last }
    return socket
  }

  /// The port it is bound to: the one chosen, where port 0 was asked for.
  package func localPort() throws(Errno) -> UInt16 {
    var address = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let number = descriptor.rawValue
    // Safety: the call writes at most `size` bytes; the port lies at the same place for IPv4.
    let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(number, $0, &size)
      }
    }
    guard result == 0 else { throw .last }
    return UInt16(bigEndian: address.sin6_port)
  }

  /// Gives up the ownership: the caller closes the descriptor.
  package consuming func release() -> Descriptor {
    let descriptor = self.descriptor
    discard self
    return descriptor
  }

  private static func opened(
    for address: SocketAddress, flags: Int32
  ) throws(Errno) -> Socket {
    let family = address.isVersion6 ? AF_INET6 : AF_INET
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | flags
    return Socket(descriptor: Descriptor(rawValue: try Errno.retrying { socket(family, kind, 0) }))
  }
}
