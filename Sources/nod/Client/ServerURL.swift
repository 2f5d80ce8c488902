import Foundation

/// Where a control plane is: `http://host:port`, with a path before `/v1` where a proxy adds one.
struct ServerURL: Sendable, Equatable, CustomStringConvertible {
  /// Where `nod serve` listens without a configuration.
  static let usual = "http://127.0.0.1:8081"

  /// A name or an address, without brackets.
  let host: String
  /// The port; 80 where the text has none.
  let port: UInt16
  /// What comes before `/v1`, without a slash at its end.
  let prefix: String

  /// Why a text is no address of a server.
  struct Fault: Error, Equatable, CustomStringConvertible {
    /// One sentence's end, without a full stop.
    let description: String
  }

  /// Reads a text.
  init(_ text: String) throws(Fault) {
    let shown = text.prefix(200)
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let host = parts.host, !host.isEmpty
    else { throw Fault(description: "`\(shown)` is not a URL such as \(Self.usual)") }
    guard scheme != "https" else {
      throw Fault(
        description: "`\(shown)`: https is not spoken; forward a local port to it, as `ssh -L` does"
      )
    }
    guard scheme == "http", parts.query == nil, parts.fragment == nil else {
      throw Fault(description: "`\(shown)` is not a URL such as \(Self.usual)")
    }
    guard parts.user == nil, parts.password == nil else {
      throw Fault(description: "a key in the URL would be seen by others; write it into a file")
    }
    guard let port = UInt16(exactly: parts.port ?? 80), port > 0 else {
      throw Fault(description: "`\(shown)`: no such port")
    }
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    self.port = port
    var path = parts.percentEncodedPath
    while path.hasSuffix("/") { path.removeLast() }
    prefix = path
  }

  /// Host and port as a request's `Host` field has them.
  var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// The URL again.
  var description: String { "http://\(authority)\(prefix)" }
}
