import HTTPTypes
import Hummingbird

/// Where a browser says that a request comes from.
enum RequestOrigin {
  private static let site = HTTPField.Name("sec-fetch-site")!

  /// Whether nothing says that a page of another origin sends it. A browser lets no page set these
  /// fields; what is no browser sends none.
  static func isOwn(_ request: Request) -> Bool {
    if let site = request.headers[site] { return site == "same-origin" }
    guard let origin = request.headers[.origin] else { return true }
    guard let authority = request.head.authority else { return false }
    return ["http://\(authority)", "https://\(authority)"].contains(origin.lowercased())
  }
}
