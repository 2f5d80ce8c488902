import FixedMemory
import LinuxIO
import Support
import Testing

@testable import quickstart

@Suite(.timeLimit(.minutes(10))) struct ConnectionTests {
  /// Answers one connection with pieces as given, a list a request, then closes it.
  private static func serve(
    _ answers: [[String]], _ body: @escaping @Sendable (SocketAddress) throws -> Void
  ) async throws {
    let listener = try Socket.listening(
      at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
    let address = SocketAddress(host: "127.0.0.1", port: try listener.localPort())
    let server = try Thread(name: "server") {
      var accepted: Descriptor?
      while accepted == nil { accepted = try? listener.descriptor.accept() }
      guard let peer = accepted else { return }
      defer { peer.close() }
      for pieces in answers {
        guard receiveRequest(peer) else { return }
        for piece in pieces {
          let bytes = Array(piece.utf8)
          guard case .bytes = peer.send(bytes.rawSpan) else { return }
        }
      }
    }
    try await onOwnThread { try body(address) }
    server.join()
  }

  /// Reads to the end of a request's head; the tests' requests end there or have `{}` behind it.
  private static func receiveRequest(_ peer: Descriptor) -> Bool {
    var buffer = FixedBuffer(capacity: 1 << 16)
    while true {
      switch peer.receive(into: &buffer) {
      case .bytes: break
      case .wouldBlock: continue
      case .ended, .failed: return false
      }
      let count = buffer.count
      if count >= 4, buffer.bytes.slice(count - 4, 4).equals("\r\n\r\n") { return true }
      if count >= 2, buffer.bytes.slice(count - 2, 2).equals("{}") { return true }
    }
  }

  @Test func answersComeInPiecesOverOneConnection() async throws {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
    try await Self.serve([
      [head, "\r\nhe", "llo"], ["HTTP/1.1 204 No Content\r\n", "X-Nod-Reason: geo\r\n\r\n"],
    ]) { address in
      var connection = try Connection(to: address)
      let first = try connection.get("/readyz")
      #expect(first.status == 200)
      #expect(first.body == Array("hello".utf8))
      let second = try connection.post(Samples.request(expecting: Samples.refusal("geo")))
      #expect(second.status == 204)
      #expect(second.reason == "geo")
      #expect(second.nanoseconds > 0)
    }
  }

  @Test func aConnectionThatBreaksIsAFailure() async throws {
    try await Self.serve([["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"]]) { address in
      #expect(throws: Failure.self) {
        var connection = try Connection(to: address)
        _ = try connection.get("/readyz")
      }
    }
  }

  @Test func nothingThatListensIsAFailure() throws {
    let listener = try Socket.listening(
      at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
    let address = SocketAddress(host: "127.0.0.1", port: try listener.localPort())
    listener.release().close()
    #expect(throws: Failure.self) { _ = try Connection(to: address) }
  }
}
