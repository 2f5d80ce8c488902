import Foundation
import Hummingbird

/// The cookie that carries a session's token.
enum SessionCookie {
  static let name = "nod_session"

  /// The token of a request; nil where it has none, or two.
  static func token(of request: Request) -> String? {
    let tokens = request.headers[values: .cookie].flatMap { $0.split(separator: ";") }
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.hasPrefix("\(name)=") }
      .map { String($0.dropFirst(name.count + 1)) }
    guard tokens.count == 1, let token = tokens.first, !token.isEmpty,
      token.utf8.count <= ControlLimits.sessionTokenBytes
    else { return nil }
    return token
  }

  /// The field that sets it. It is for this server alone, never for a script, never sent along from
  /// another site's page; `Secure` where the browser came by TLS.
  static func field(_ token: String, overTLS: Bool) -> String {
    "\(name)=\(token); Path=/; Max-Age=\(ControlLimits.sessionSeconds); HttpOnly; SameSite=Strict"
      + (overTLS ? "; Secure" : "")
  }

  /// The field that takes it away.
  static let removal = "\(name)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
}
