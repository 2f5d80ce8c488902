/// What the control database is bounded by, and why.
package enum StoreLimits {
  /// Seconds that a write waits for another: a large document takes less.
  package static let busySeconds = 10.0
  /// Reads at a time; each keeps a connection and its cache.
  package static let readers = 4
}
