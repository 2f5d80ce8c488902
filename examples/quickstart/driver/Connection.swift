import FixedMemory
import LinuxIO

/// A keep-alive connection to the bidder: one request at a time.
struct Connection: ~Copyable {
  /// The longest answer of the quickstart is a bid of some kilobytes, or the metrics.
  private static let answerBytes = 1 << 20
  /// Far longer than any deadline: a peer that is silent so long does not work.
  private static let timeoutMilliseconds = 5_000

  private let socket: Socket
  private var input: FixedBuffer

  /// What came back.
  struct Answer {
    let status: Int
    /// Why there is no bid, where the exchange has `test_header`.
    let reason: String?
    let body: [UInt8]
    /// From the first byte sent to the last one received.
    let nanoseconds: UInt64
  }

  /// Connects to a server of this machine.
  init(to address: SocketAddress) throws {
    let socket = try Self.connected(to: address)
    self.socket = socket
    input = FixedBuffer(capacity: Self.answerBytes)
  }

  private static func connected(to address: SocketAddress) throws -> Socket {
    do {
      let socket = try Socket.connected(to: address)
      try socket.descriptor.setTimeout(milliseconds: timeoutMilliseconds)
      return socket
    } catch {
      throw Failure("nothing listens at \(address)")
    }
  }

  /// Sends a GET and waits for the answer.
  mutating func get(_ path: String) throws -> Answer {
    try exchange(Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
  }

  /// Sends a bid request and waits for the answer.
  mutating func post(_ request: BidRequest) throws -> Answer {
    try exchange(request.message)
  }

  private mutating func exchange(_ message: [UInt8]) throws -> Answer {
    input.removeAll()
    let start = Clock.monotonicNanoseconds()
    try send(message)
    while true {
      guard case .bytes = socket.descriptor.receive(into: &input) else {
        throw Failure("the connection broke before an answer")
      }
      let elapsed = Clock.monotonicNanoseconds() - start
      guard let head = AnswerHead(input.bytes) else { continue }
      guard let bodyCount = head.bodyCount else { throw Failure("an answer without a length") }
      guard input.count >= head.count + bodyCount else { continue }
      let body = (head.count..<(head.count + bodyCount)).map { input.bytes.byte(at: $0) }
      return Answer(status: head.status, reason: head.reason, body: body, nanoseconds: elapsed)
    }
  }

  private func send(_ message: [UInt8]) throws {
    var sent = 0
    while sent < message.count {
      let rest = message.rawSpan.slice(sent, message.count - sent)
      guard case .bytes(let count) = socket.descriptor.send(rest) else {
        throw Failure("the connection broke while sending")
      }
      sent += count
    }
  }
}
