import Foundation

/// A request to a control plane.
struct ClientRequest: Sendable {
  /// Such as `GET`.
  var method = "GET"
  /// Such as `/v1/apply`.
  let path: String
  /// Names and values of the query.
  var query: [(name: String, value: String)] = []
  /// The body and its type, if any.
  var body: (type: String, bytes: [UInt8])?

  /// The bytes of the head for a server, with the key.
  func head(for server: ServerURL, key: ClientKey) -> [UInt8] {
    var lines = [
      "\(method) \(server.prefix)\(path)\(encodedQuery) HTTP/1.1", "Host: \(server.authority)",
      "Authorization: Bearer \(key.text)", "User-Agent: nod/\(Release.version)",
      "Accept: application/json, text/csv, application/problem+json", "Connection: close",
    ]
    if let body {
      lines += ["Content-Type: \(body.type)", "Content-Length: \(body.bytes.count)"]
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  private var encodedQuery: String {
    if query.isEmpty { return "" }
    let pairs = query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
    return "?" + pairs.joined(separator: "&")
  }

  /// Everything but the unreserved characters of RFC 3986 as escapes.
  private static func encoded(_ text: String) -> String {
    let unreserved = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }
}
