import FixedMemory
import LinuxIO
import Synchronization

/// A server of one thread that answers each request with given bytes, after a given time, one
/// request at a time.
final class StubServer: Sendable {
  /// How a server behaves.
  struct Behaviour: Sendable {
    /// The bytes of every answer.
    var answer = StubServer.noBid
    /// What it answers instead, where that is no text.
    var answerBytes: [UInt8]?
    /// Microseconds from reading a request to its answer, in which nothing else is done.
    var microseconds: UInt32 = 0
    /// The server does nothing for so many milliseconds, once, after so many requests.
    var stall: (afterRequests: Int, milliseconds: UInt32)?
    /// Connections are closed after so many answers.
    var answersPerConnection = Int.max
    /// Connections are reset instead of answered, every so many requests.
    var resetsEvery = Int.max
    /// Connections are reset as soon as something comes, be it a part of a request.
    var resetsAtOnce = false
  }

  static let noBid = "HTTP/1.1 204 No Content\r\n\r\n"

  /// An answer with a body.
  static func answer(_ body: String, status: String = "200 OK") -> String {
    "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  /// Where it listens.
  let address: SocketAddress
  private let state: State
  private let thread: Thread

  /// What it saw.
  private final class State: Sendable {
    let isStopping = AtomicArray(count: 1)
    let seen = Mutex<(requests: [String], connections: Int)>(([], 0))
  }

  init(_ behaviour: Behaviour = Behaviour(), keepingRequests limit: Int = 1_000) throws {
    let listener = try Socket.listening(
      at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
    address = SocketAddress(host: "127.0.0.1", port: try listener.localPort())
    let state = State()
    self.state = state
    let descriptor = listener.release()
    thread = try Thread(name: "stub-server") {
      var loop = StubLoop(behaviour, listener: descriptor)
      while state.isStopping.load(0) == 0 {
        loop.turn { request in
          state.seen.withLock { if $0.requests.count < limit { $0.requests.append(request) } }
        }
        let accepted = loop.accepted
        state.seen.withLock { $0.connections = accepted }
      }
      loop.close()
    }
  }

  deinit {
    state.isStopping.store(1, at: 0)
    thread.join()
  }

  /// The requests so far, as far as they are kept.
  var requests: [String] { state.seen.withLock { $0.requests } }
  /// Connections that were accepted.
  var connections: Int { state.seen.withLock { $0.connections } }
}
