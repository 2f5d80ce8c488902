/// The status codes of this server's answers.
@frozen @usableFromInline
package enum Status: UInt16, CaseIterable, Sendable {
  case ok = 200
  case noContent = 204
  case found = 302
  case badRequest = 400
  case forbidden = 403
  case notFound = 404
  case methodNotAllowed = 405
  case lengthRequired = 411
  case contentTooLarge = 413
  case unsupportedMediaType = 415
  case headerFieldsTooLarge = 431
  case notImplemented = 501
  case serviceUnavailable = 503
  case versionNotSupported = 505

  /// The status line with its line end.
  var line: StaticString {
    switch self {
    case .ok: "HTTP/1.1 200 OK\r\n"
    case .noContent: "HTTP/1.1 204 No Content\r\n"
    case .found: "HTTP/1.1 302 Found\r\n"
    case .badRequest: "HTTP/1.1 400 Bad Request\r\n"
    case .forbidden: "HTTP/1.1 403 Forbidden\r\n"
    case .notFound: "HTTP/1.1 404 Not Found\r\n"
    case .methodNotAllowed: "HTTP/1.1 405 Method Not Allowed\r\n"
    case .lengthRequired: "HTTP/1.1 411 Length Required\r\n"
    case .contentTooLarge: "HTTP/1.1 413 Content Too Large\r\n"
    case .unsupportedMediaType: "HTTP/1.1 415 Unsupported Media Type\r\n"
    case .headerFieldsTooLarge: "HTTP/1.1 431 Request Header Fields Too Large\r\n"
    case .notImplemented: "HTTP/1.1 501 Not Implemented\r\n"
    case .serviceUnavailable: "HTTP/1.1 503 Service Unavailable\r\n"
    case .versionNotSupported: "HTTP/1.1 505 HTTP Version Not Supported\r\n"
    }
  }
}
