import HTTPTypes
import Hummingbird

/// The fields that keep browsers from doing more with an answer than it is for.
enum SecurityHeaders {
  /// Only what this server sends runs, is shown or is asked; nothing inline, no frames, no forms
  /// that leave.
  private static let pagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  /// An answer of the API is no page.
  private static let dataPolicy = "default-src 'none'; frame-ancestors 'none'"

  /// Adds them to an answer.
  static func add(to headers: inout HTTPFields, path: String) {
    let isData = path.hasPrefix("/v1/") || path == "/metrics"
    headers[.contentSecurityPolicy] = isData ? dataPolicy : pagePolicy
    headers[.xContentTypeOptions] = "nosniff"
    headers[name("referrer-policy")] = "no-referrer"
    headers[name("x-frame-options")] = "DENY"
    headers[name("cross-origin-opener-policy")] = "same-origin"
    headers[name("cross-origin-resource-policy")] = "same-origin"
    if path.hasPrefix("/v1/") { headers[.cacheControl] = "no-store" }
  }

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no field") }
    return name
  }
}
