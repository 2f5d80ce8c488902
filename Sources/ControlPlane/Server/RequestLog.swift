import ControlStore
import Hummingbird
import LinuxIO
import Logging

/// What is logged of a request: never a path with its parameters, a query or a secret.
struct RequestLog {
  /// Names the request.
  let id: String
  let method: HTTPRequest.Method
  /// The address that it came from.
  let client: String
  /// The pattern of the path; nil where there is no such path.
  var route: String?
  /// The key that it came with; nil without one.
  var keyID: String?
  private let start = Clock.monotonicNanoseconds()

  init(id: String, method: HTTPRequest.Method, client: String) {
    self.id = id
    self.method = method
    self.client = client
  }

  /// Writes the event.
  func write(status: HTTPResponse.Status, to logger: Logger) {
    let microseconds = (Clock.monotonicNanoseconds() - start) / 1_000
    logger.info(
      "request",
      metadata: [
        "request_id": "\(id)", "method": "\(method.rawValue.prefix(20))",
        "route": "\(route ?? "-")",
        "status": "\(status.code)", "key_id": "\(keyID ?? "-")", "client": "\(client)",
        "duration_ms":
          "\(microseconds / 1_000).\(String(microseconds % 1_000 + 1_000).dropFirst())",
      ])
  }
}
