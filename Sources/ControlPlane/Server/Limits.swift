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
  /// Bytes of a JSON body, but for documents.
  static let jsonBytes = 256 << 10
  /// Items of a page of a list.
  static let pageItems = 1_000
  /// Items of a page where none is asked for.
  static let usualPageItems = 100
}
