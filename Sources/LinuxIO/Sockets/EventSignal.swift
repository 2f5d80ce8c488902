import CLinux
import Glibc

/// Wakes a thread that waits in a poller (an eventfd).
package final class EventSignal: Sendable {
  /// For ``Poller/add(_:token:for:)``; this object stays its owner.
  package let descriptor: Descriptor

  package init() throws(Errno) {
    descriptor = Descriptor(
      rawValue: try Errno.retrying {
        eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
      })
  }

  deinit { descriptor.close() }

  /// Makes the descriptor readable until ``clear()``; signals add up to one.
  package func signal() { _ = eventfd_write(descriptor.rawValue, 1) }

  /// Takes the signal away; whether there was one.
  @discardableResult
  package func clear() -> Bool {
    var value: eventfd_t = 0
    // Safety: the call writes one number.
    return unsafe eventfd_read(descriptor.rawValue, &value) == 0
  }
}
