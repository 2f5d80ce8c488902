/// The maxima of the control plane.
enum ControlLimits {
  /// Connections at a time: scrapers and people, each of whom needs a few.
  static let connections = 256
  /// Seconds after which an idle connection is closed: longer than the usual scrape interval.
  static let idleSeconds: Int64 = 120
  /// Bytes of a request's head.
  static let headBytes = 16 << 10
  /// Header fields of a request.
  static let headFields = 100
}
