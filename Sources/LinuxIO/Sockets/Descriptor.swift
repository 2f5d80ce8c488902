import CLinux
import FixedMemory
import Glibc

/// An open socket by its number: a plain value for tables, whose owner closes it once.
package struct Descriptor: Hashable, Sendable, BitwiseCopyable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// No socket.
  package static var none: Descriptor { Descriptor(rawValue: -1) }

  /// What a read or a write came to.
  package enum Transfer: Equatable, Sendable {
    /// So many bytes went over, at least one.
    case bytes(Int)
    /// Nothing can be transferred now.
    case wouldBlock
    /// The peer sends no more.
    case ended
    /// The connection is broken.
    case failed(Errno)
  }

  /// Reads into the free part of a buffer, at most `limit` bytes.
  ///
  /// - Precondition: the buffer is not full and the limit is positive.
  package func receive(into buffer: inout FixedBuffer, limit: Int = .max) -> Transfer {
    precondition(buffer.freeCapacity > 0 && limit > 0)
    let number = rawValue
    while true {
      // Safety: the kernel writes at most the free part, and fill checks what it reports.
      let count = unsafe buffer.fill { free in
        unsafe nod_receive(number, free.baseAddress, min(free.count, limit))
      }
      if count > 0 { return .bytes(count) }
      if count == 0 { return .ended }
      if let outcome = Self.outcome(of: .last) { return outcome }
    }
  }

  /// Reads behind bytes that are parked.
  ///
  /// - Precondition: there is room (``ParkingLot/makeRoom(for:)``).
  package func receive(into lot: inout ParkingLot, _ parked: inout ParkedBytes) -> Transfer {
    let number = rawValue
    while true {
      // Safety: the kernel writes at most the rest of the block.
      let count = unsafe lot.fill(&parked) { free in
        unsafe nod_receive(number, free.baseAddress, free.count)
      }
      if count > 0 { return .bytes(count) }
      if count == 0 { return .ended }
      if let outcome = Self.outcome(of: .last) { return outcome }
    }
  }

  /// Writes what the kernel takes at once; a broken connection raises no signal.
  ///
  /// - Precondition: there is at least one byte.
  package func send(_ bytes: RawSpan) -> Transfer {
    precondition(bytes.byteCount > 0)
    let number = rawValue
    while true {
      // Safety: the kernel reads the span's bytes during the call alone.
      let count = unsafe bytes.withUnsafeBytes {
        unsafe nod_send(number, $0.baseAddress, $0.count)
      }
      if count > 0 { return .bytes(count) }
      if let outcome = Self.outcome(of: .last) { return outcome }
    }
  }

  /// Takes a waiting connection of a listening socket, not blocking and without delay of small
  /// writes; nil where none waits any more.
  package func accept() throws(Errno) -> Descriptor? {
    while true {
      let number = nod_accept(rawValue)
      if number >= 0 {
        let peer = Descriptor(rawValue: number)
        try? peer.setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        return peer
      }
      switch errno {
      case EINTR, ECONNABORTED, EPROTO: continue
      case EAGAIN: return nil
      default: throw .last
      }
    }
  }

  /// The failure that the kernel keeps for the socket, such as a refused connection; asking takes
  /// it away.
  package func pendingFailure() -> Errno? {
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    // Safety: the call writes one integer, which lives for it.
    guard unsafe getsockopt(rawValue, SOL_SOCKET, SO_ERROR, &value, &size) == 0 else {
      return .last
    }
    return value == 0 ? nil : Errno(rawValue: value)
  }

  /// Says that nothing more will be sent; what was sent still arrives.
  package func finishSending() { _ = shutdown(rawValue, Int32(SHUT_WR)) }

  /// Makes the next ``close()`` drop the connection with a reset.
  package func resetOnClose() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    // Safety: the value lives for the call.
    _ = unsafe setsockopt(
      rawValue, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
  }

  /// Frees the number; the value must not be used after.
  package func close() { _ = Glibc.close(rawValue) }

  /// Sets an option that is an integer.
  package func setOption(_ level: Int32, _ name: Int32, _ value: Int32) throws(Errno) {
    var value = value
    // Safety: the value lives for the call.
    let result = unsafe setsockopt(
      rawValue, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    if result != 0 { throw .last }
  }

  /// Asks the kernel for buffers of about so many bytes.
  package func setBufferSizes(send: Int32? = nil, receive: Int32? = nil) throws(Errno) {
    if let send { try setOption(SOL_SOCKET, SO_SNDBUF, send) }
    if let receive { try setOption(SOL_SOCKET, SO_RCVBUF, receive) }
  }

  /// Makes blocking reads and writes give up as if nothing could be transferred.
  package func setTimeout(milliseconds: Int) throws(Errno) {
    var time = timeval(
      tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    let size = socklen_t(MemoryLayout<timeval>.size)
    // Safety: the value lives for the calls.
    let receive = unsafe setsockopt(rawValue, SOL_SOCKET, SO_RCVTIMEO, &time, size)
    let send = unsafe setsockopt(rawValue, SOL_SOCKET, SO_SNDTIMEO, &time, size)
    if receive != 0 || send != 0 { throw .last }
  }

  /// Nil after an interruption: the call is to be repeated.
  private static func outcome(of failure: Errno) -> Transfer? {
    switch failure {
    case .interrupted: nil
    case .wouldBlock: .wouldBlock
    default: .failed(failure)
    }
  }
}
