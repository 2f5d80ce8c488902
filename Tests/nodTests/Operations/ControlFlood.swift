import Foundation
import LinuxIO
import Support
import Synchronization

/// Clients that keep a control plane as busy as they can, in threads that stand behind everything
/// that is measured.
final class ControlFlood: Sendable {
  private let isRunning = Atomic<Bool>(true)
  /// Answers that the clients got.
  let answers = Atomic<Int>(0)
  private let threads = Mutex<[LinuxIO.Thread]>([])

  /// Starts the clients: each asks for its path on a connection of its own, again and again.
  init(port: UInt16, requests: [Request]) throws {
    for request in requests {
      let thread = try LinuxIO.Thread(name: "flood", priority: .background) { [self] in
        while isRunning.load(ordering: .relaxed) {
          guard var client = try? TestClient(port: port, timeoutMilliseconds: 1_000) else {
            usleep(10_000)
            continue
          }
          while isRunning.load(ordering: .relaxed),
            (try? client.request(
              request.method, request.path, headers: request.headers, body: request.body)) != nil
          {
            answers.add(1, ordering: .relaxed)
          }
        }
      }
      threads.withLock { $0.append(thread) }
    }
  }

  /// What a client asks for.
  struct Request: Sendable {
    var method = "GET"
    var path: String
    var headers: [String] = []
    var body: [UInt8]?
  }

  /// Ends the clients.
  func stop() {
    isRunning.store(false, ordering: .relaxed)
    for thread in threads.withLock({ $0 }) { thread.join() }
  }
}

/// Connections to a control plane that begin a request and never end it.
final class SlowClients {
  private var sockets: [Descriptor] = []

  /// Opens so many; where the server takes no more they wait in its backlog.
  init(port: UInt16, count: Int) throws {
    for _ in 0..<count {
      let socket = try Socket.connected(to: SocketAddress(host: "127.0.0.1", port: port))
      _ = socket.descriptor.send(Array("POST /v1/apply HTTP/1.1\r\nHost: a\r\nX".utf8).rawSpan)
      sockets.append(socket.release())
    }
  }

  deinit {
    for socket in sockets { socket.close() }
  }
}
