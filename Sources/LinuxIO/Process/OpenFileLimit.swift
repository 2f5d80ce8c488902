import Glibc

/// How many files and sockets the process may have open.
package enum OpenFileLimit {
  /// Raises it as far as the process may: the low limit that shells give is meant for programs that
  /// use select(2).
  /// - Returns: the limit from here on.
  @discardableResult
  package static func raise() throws(Errno) -> Int {
    var limit = rlimit()
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    // Safety: the structure lives for the calls.
    guard unsafe getrlimit(files, &limit) == 0 else { throw .last }
    guard limit.rlim_cur < limit.rlim_max else { return Int(clamping: limit.rlim_cur) }
    limit.rlim_cur = limit.rlim_max
    // Safety: as above.
    guard unsafe setrlimit(files, &limit) == 0 else { throw .last }
    return Int(clamping: limit.rlim_cur)
  }
}
