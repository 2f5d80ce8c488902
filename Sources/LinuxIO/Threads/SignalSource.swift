import CLinux
import Glibc

/// Signals that a thread reads one after the other instead of being interrupted (a signalfd).
///
/// Create it before any other thread starts: threads inherit that the signals are blocked.
package final class SignalSource: Sendable {
  /// For ``Poller/add(_:token:for:)``; this object stays its owner.
  package let descriptor: Descriptor

  /// A signal that a server listens to.
  package enum Signal: Int32, CaseIterable, Sendable {
    case hangup = 1
    case interrupt = 2
    case terminate = 15
  }

  /// Blocks the signals in the calling thread and those it starts, and collects them.
  package init(_ signals: [Signal] = Signal.allCases) throws(Errno) {
    var set = sigset_t()
    // Safety: the set lives for the calls.
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal.rawValue) }
    let blocked = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    guard blocked == 0 else { throw Errno(rawValue: blocked) }
    let number = unsafe signalfd(-1, &set, Int32(SFD_CLOEXEC))
    guard number >= 0 else { throw .last }
    descriptor = Descriptor(rawValue: number)
  }

  deinit { descriptor.close() }

  /// Waits for the next signal; nil when the time is over.
  ///
  /// - Parameter timeoutMilliseconds: a negative time waits for ever.
  package func next(timeoutMilliseconds: Int32 = -1) -> Signal? {
    var watched = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
    // Safety: one pollfd, and one signalfd_siginfo as large as the read asks for.
    while true {
      let ready = unsafe poll(&watched, 1, timeoutMilliseconds)
      if ready < 0, Errno.last == .interrupted { continue }
      guard ready > 0 else { return nil }
      var information = signalfd_siginfo()
      let size = MemoryLayout<signalfd_siginfo>.size
      guard unsafe read(descriptor.rawValue, &information, size) == size else { return nil }
      return Signal(rawValue: Int32(information.ssi_signo))
    }
  }
}
