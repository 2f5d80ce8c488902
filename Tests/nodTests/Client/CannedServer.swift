import FixedMemory
import Foundation
import LinuxIO
import Synchronization

/// A server of one answer, that remembers what it was asked.
final class CannedServer: Sendable {
  /// A request as it came.
  struct Request: Sendable {
    let head: String
    let body: String

    /// The first line without the version.
    var line: String {
      head.prefix { $0 != "\r\n" }.split(separator: " ").prefix(2).joined(separator: " ")
    }

    /// Whether the head has a line.
    func has(_ field: String) -> Bool {
      head.components(separatedBy: "\r\n").contains(field)
    }
  }

  /// The port it listens at.
  let port: UInt16
  private let state = Mutex<(requests: [Request], isStopped: Bool)>(([], false))

  /// What it was asked so far.
  var requests: [Request] { state.withLock { $0.requests } }

  /// The URL of the server.
  var url: String { "http://127.0.0.1:\(port)" }

  /// A server that answers every request with the same bytes.
  init(answering answer: String) throws {
    let socket = try Socket.listening(
      at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
    port = try socket.localPort()
    let listener = socket.release()
    _ = try LinuxIO.Thread(name: "canned") { [weak self] in
      while let server = self, !server.isStopped {
        if let peer = try? listener.accept() {
          server.serve(peer, Array(answer.utf8))
        } else {
          Self.pause()
        }
      }
      listener.close()
    }
  }

  /// An answer of JSON.
  convenience init(_ status: String, _ json: String) throws {
    try self.init(
      answering: "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\n"
        + "Content-Length: \(json.utf8.count)\r\n\r\n\(json)")
  }

  deinit { stop() }

  /// Ends the thread that answers.
  func stop() { state.withLock { $0.isStopped = true } }

  private var isStopped: Bool { state.withLock { $0.isStopped } }

  private func serve(_ peer: Descriptor, _ answer: [UInt8]) {
    defer { peer.close() }
    guard let request = request(from: peer) else { return }
    state.withLock { $0.requests.append(request) }
    var place = 0
    while place < answer.count, !isStopped {
      switch peer.send(answer.rawSpan.slice(place, answer.count - place)) {
      case .bytes(let count): place += count
      case .wouldBlock: Self.pause()
      case .ended, .failed: return
      }
    }
  }

  private func request(from peer: Descriptor) -> Request? {
    var input = FixedBuffer(capacity: 4 << 20)
    while !isStopped {
      let bytes = (0..<input.count).map { input.bytes.byte(at: $0) }
      if let request = Self.request(in: String(decoding: bytes, as: UTF8.self)) { return request }
      switch peer.receive(into: &input) {
      case .bytes: continue
      case .wouldBlock: Self.pause()
      case .ended, .failed: return nil
      }
    }
    return nil
  }

  private static func request(in text: String) -> Request? {
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let head = String(text[..<end.lowerBound])
    let field = head.components(separatedBy: "\r\n").first { $0.hasPrefix("Content-Length: ") }
    let length = field.flatMap { Int($0.dropFirst(16)) } ?? 0
    let body = String(text[end.upperBound...])
    return body.utf8.count < length ? nil : Request(head: head, body: body)
  }

  private static func pause() { Foundation.Thread.sleep(forTimeInterval: 0.002) }
}
