import ControlStore
import Hummingbird

/// One method of one path: who may use it and what it answers.
struct ControlRoute: Sendable {
  /// Who may use a route.
  enum Access: Sendable, Equatable {
    /// Anyone, without a key.
    case open
    /// Keys of this role and those above it.
    case role(Role)
  }

  typealias Handler = @Sendable (ControlRequest) async throws -> Response

  let method: HTTPRequest.Method
  /// Such as `/v1/advertisers/{advertiser}/campaigns/{id}`. A part `{advertiser}` is checked
  /// against the key's scope before the route is asked.
  let path: String
  let access: Access
  let handle: Handler

  /// Whether an answer may say what was done: what a viewer may ask for changes nothing.
  var changes: Bool { method != .get && method != .head && access != .role(.viewer) }

  init(
    _ method: HTTPRequest.Method, _ path: String, _ access: Access, _ handle: @escaping Handler
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.handle = handle
  }
}
