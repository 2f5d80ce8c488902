import Foundation
import LinuxIO

/// The URL of a target: plain HTTP, a host, perhaps a port and a path.
struct TargetURL {
  /// Where to connect.
  let address: SocketAddress
  /// The value of `Host`.
  let host: String
  /// The path with its query; `/` where the URL has none.
  let path: String
  /// The URL as it was given.
  let text: String

  /// Reads a URL and looks its host up.
  init(_ text: String) throws(LoadFailure) {
    guard text.hasPrefix("http://") else {
      throw .usage("`\(text)`: a target is http://HOST[:PORT]/PATH; TLS is not spoken")
    }
    guard let parts = URLComponents(string: text), let name = parts.host, !name.isEmpty,
      parts.user == nil, parts.fragment == nil,
      let port = UInt16(exactly: parts.port ?? 80), port > 0
    else { throw .usage("`\(text)`: no URL of the form http://HOST[:PORT]/PATH") }
    self.text = text
    host = parts.port.map { "\(name):\($0)" } ?? name
    let query = parts.percentEncodedQuery.map { "?" + $0 } ?? ""
    path = (parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath) + query
    guard let address = Self.address(name, port: port) else {
      throw .unavailable("`\(name)`: no such host")
    }
    self.address = address
  }

  private static func address(_ name: String, port: UInt16) -> SocketAddress? {
    let bare = name.hasPrefix("[") ? String(name.dropFirst().dropLast()) : name
    if let address = SocketAddress(bare.contains(":") ? "[\(bare)]:\(port)" : "\(bare):\(port)") {
      return address
    }
    let found = Host(name: bare).addresses
    let first = found.first { !$0.contains(":") } ?? found.first
    return first.map { SocketAddress(host: $0, port: port) }
  }
}
