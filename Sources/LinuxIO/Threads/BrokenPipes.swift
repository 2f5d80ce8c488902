import Glibc

/// What happens when the reader of a pipe or terminal is gone.
package enum BrokenPipes {
  /// Makes writes to it fail with `EPIPE` instead of ending the process, in all threads.
  package static func ignore() { _ = signal(SIGPIPE, SIG_IGN) }
}
