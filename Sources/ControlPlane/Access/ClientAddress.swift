import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The address that a request comes from.
enum ClientAddress {
  private static let forwarded = HTTPField.Name("x-forwarded-for")!
  private static let forwardedScheme = HTTPField.Name("x-forwarded-proto")!

  /// The other end's, or what a reverse proxy on this machine says: the last address of
  /// `X-Forwarded-For`, which is the one that the proxy itself saw. Others are not believed.
  static func of(_ request: Request, peer: String) -> String {
    guard isLocal(peer), let field = request.headers[values: forwarded].last,
      let last = field.split(separator: ",").last?.trimmingCharacters(in: .whitespaces),
      (try? SocketAddress(ipAddress: last, port: 0)) != nil
    else { return peer }
    return last
  }

  /// Whether a reverse proxy says that it was reached by TLS.
  static func isOverTLS(_ request: Request) -> Bool {
    request.headers[forwardedScheme]?.lowercased() == "https"
  }

  private static func isLocal(_ peer: String) -> Bool {
    peer.hasPrefix("127.") || peer == "::1" || peer.hasPrefix("::ffff:127.")
  }
}
