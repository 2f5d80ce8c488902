/// What this target bounds, and why.
package enum LinuxIOLimits {
  /// Connections that may wait to be accepted; the kernel cuts it to `net.core.somaxconn`.
  package static let backlog: Int32 = 4096
  /// Events that one wait may return: more ready connections come with the next.
  package static let eventsPerWait = 256
  /// Nanoseconds of a wait that is asked for in nanoseconds: an hour, far below what overflows.
  package static let waitNanoseconds: UInt64 = 3_600_000_000_000
  /// Milliseconds that a lock is waited for: a process that was just killed, or a child between its
  /// fork and its exec, holds it a moment longer.
  package static let lockMilliseconds = 250
  /// Milliseconds that a service manager is given to take a message: it reads them at once, or
  /// hangs.
  package static let notifyMilliseconds = 1_000
  /// Bytes of a thread's name that the kernel keeps.
  package static let threadNameBytes = 15
  /// A worker's stack: its depth is fixed, and parsing never recurses far.
  package static let threadStackBytes = 4 << 20
  /// The nice value of threads that stand behind: where they are lifted, a tenth of a worker's
  /// share, which is what an upload or a reload needs to come to its end.
  package static let standbyNice = 10
  /// Microseconds between two beats of the pulse among the threads that stand behind.
  static let pulseMicroseconds: UInt32 = 50_000
  /// Nanoseconds without a beat after which they starve: what a person does not notice yet.
  package static let starvingNanoseconds: UInt64 = 200_000_000
  /// Nanoseconds for which they share the processors then. Where these stay busy, they starve for a
  /// twenty-fifth of the time.
  static let liftedNanoseconds: UInt64 = 5_000_000_000
  /// Nanoseconds after which threads that others started are looked for.
  static let newThreadNanoseconds: UInt64 = 1_000_000_000
}
