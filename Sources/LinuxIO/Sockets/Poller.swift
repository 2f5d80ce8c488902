import CLinux
import Glibc

/// An epoll set, level-triggered, with a fixed place for the events of one wait.
@safe
package struct Poller: ~Copyable, Sendable {
  private let number: Int32
  private let capacity: Int
  // Safety: the memory is owned by this value alone, allocated in init and freed in deinit; only
  // the first `ready` events, which the kernel wrote, are read.
  private nonisolated(unsafe) let events: UnsafeMutablePointer<epoll_event>
  private var ready = 0

  /// What a descriptor is watched for.
  package enum Interest: Sendable, BitwiseCopyable {
    case read, write
    /// Only that the connection broke.
    case broken

    fileprivate var flags: UInt32 {
      switch self {
      case .read: nod_epoll_in()
      case .write: nod_epoll_out()
      case .broken: 0
      }
    }
  }

  /// One descriptor that is ready.
  package struct Event: Sendable, BitwiseCopyable {
    /// What the descriptor was added with.
    package let token: UInt64
    fileprivate let flags: UInt32

    /// A read returns at once: with bytes, the end, or the failure.
    package var isReadable: Bool { flags & nod_epoll_in() != 0 }
    package var isWritable: Bool { flags & nod_epoll_out() != 0 }
    /// Both directions are over, by a reset or after both ends finished.
    package var isBroken: Bool { flags & nod_epoll_gone() != 0 }
  }

  /// - Parameter capacity: the events that one wait may return.
  package init(capacity: Int = LinuxIOLimits.eventsPerWait) throws(Errno) {
    precondition(capacity > 0)
    number = try Errno.retrying { epoll_create1(Int32(EPOLL_CLOEXEC)) }
    self.capacity = capacity
    // Safety: owned by this value, freed in deinit.
    unsafe events = .allocate(capacity: capacity)
  }

  deinit {
    // Safety: allocated in init; events are plain values.
    unsafe events.deallocate()
    _ = close(number)
  }

  /// Watches a descriptor; its events carry the token.
  package func add(
    _ descriptor: Descriptor, token: UInt64, for interest: Interest = .read
  ) throws(Errno) {
    try control(EPOLL_CTL_ADD, descriptor, token, interest.flags)
  }

  /// Watches a descriptor for something else.
  package func change(
    _ descriptor: Descriptor, token: UInt64, for interest: Interest
  ) throws(Errno) {
    try control(EPOLL_CTL_MOD, descriptor, token, interest.flags)
  }

  /// Forgets a descriptor; one that is closed is forgotten by itself.
  package func remove(_ descriptor: Descriptor) throws(Errno) {
    try control(EPOLL_CTL_DEL, descriptor, 0, 0)
  }

  /// Waits until something is ready or the time is over; returns how many events are there.
  ///
  /// - Parameter timeoutMilliseconds: 0 only looks, a negative time waits for ever.
  package mutating func wait(timeoutMilliseconds: Int32) -> Int {
    // Safety: the kernel writes at most `capacity` events.
    let count = unsafe epoll_wait(number, events, Int32(capacity), timeoutMilliseconds)
    ready = max(0, Int(count))
    return ready
  }

  /// Whether the last wait returned as many events as it can: more may be ready.
  package var isFull: Bool { ready == capacity }

  /// Waits as ``wait(timeoutMilliseconds:)``, to the microsecond where the kernel can (Linux 5.11).
  package mutating func wait(timeoutNanoseconds: UInt64) -> Int {
    let nanoseconds = Int64(min(timeoutNanoseconds, LinuxIOLimits.waitNanoseconds))
    // Safety: the kernel writes at most `capacity` events.
    let count = unsafe nod_epoll_wait(number, events, Int32(capacity), nanoseconds)
    ready = max(0, Int(count))
    return ready
  }

  /// One of the events of the last wait.
  package func event(at index: Int) -> Event {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: ready))
    // Safety: the index was checked.
    let event = unsafe events[index]
    return unsafe Event(token: event.data.u64, flags: event.events)
  }

  private func control(
    _ operation: Int32, _ descriptor: Descriptor, _ token: UInt64, _ flags: UInt32
  ) throws(Errno) {
    // Safety: the union holds the token alone.
    var event = unsafe epoll_event(events: flags, data: epoll_data_t(u64: token))
    // Safety: the kernel reads the event during the call alone.
    let result = unsafe epoll_ctl(number, operation, descriptor.rawValue, &event)
    if result != 0 { throw .last }
  }
}
