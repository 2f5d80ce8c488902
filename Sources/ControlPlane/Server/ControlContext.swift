import Hummingbird
import NIOCore

/// What Hummingbird keeps of a request beside its bytes.
struct ControlContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The address of the other end, without its port.
  let client: String

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    client = source.channel.remoteAddress?.ipAddress ?? ""
  }
}
