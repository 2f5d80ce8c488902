import FixedMemory
import LinuxIO

/// A keep-alive connection to the bidder: one request at a time.
struct Connection: ~Copyable {
  /// The longest answer of the quickstart is a bid of some kilobytes, or the metrics.
  private static let answerBytes = 1 << 20

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

  /// Connects to a port of this machine.
  init(port: UInt16) throws {
    let socket = try Self.connected(to: SocketAddress(host: "127.0.0.1", port: port))
    self.socket = socket
    input = FixedBuffer(capacity: Self.answerBytes)
  }

  private static func connected(to address: SocketAddress) throws -> Socket {
    do {
      let socket = try Socket.connected(to: address)
      try socket.descriptor.setTimeout(milliseconds: 5_000)
      return socket
    } catch {
      throw Failure("nothing listens at \(address)")
    }
  }

  /// Sends a GET and waits for the answer.
  mutating func get(_ path: String) throws -> Answer {
    try send(Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
  }

  /// Sends a bid request and waits for the answer.
  mutating func post(_ request: BidRequest) throws -> Answer {
    try send(request.message)
  }

  private mutating func send(_ message: [UInt8]) throws -> Answer {
    input.removeAll()
    let start = Clock.monotonicNanoseconds()
    var sent = 0
    while sent < message.count {
      guard
        case .bytes(let count) = socket.descriptor.send(
          message.rawSpan.slice(sent, message.count - sent))
      else { throw Failure("the connection broke while sending") }
      sent += count
    }
    while true {
      guard case .bytes = socket.descriptor.receive(into: &input) else {
        throw Failure("the connection broke before an answer")
      }
      guard let head = AnswerHead(input.bytes), input.count >= head.count + head.bodyCount else {
        continue
      }
      let elapsed = Clock.monotonicNanoseconds() - start
      let body = (head.count..<(head.count + head.bodyCount)).map { input.bytes.byte(at: $0) }
      return Answer(status: head.status, reason: head.reason, body: body, nanoseconds: elapsed)
    }
  }
}

/// The head of an answer that has arrived whole.
private struct AnswerHead {
  let status: Int
  let reason: String?
  let bodyCount: Int
  /// Its bytes, with the empty line.
  let count: Int

  /// Nil while the empty line has not come.
  init?(_ bytes: RawSpan) {
    var end = 0
    while end + 4 <= bytes.byteCount, !bytes.slice(end, 4).equals("\r\n\r\n") { end += 1 }
    guard end + 4 <= bytes.byteCount else { return nil }
    count = end + 4
    let text = String(decoding: (0..<end).map { bytes.byte(at: $0) }, as: UTF8.self)
    let lines = text.split(separator: "\r\n")
    status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
    var length = 0
    var reason: String?
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      switch line[..<colon].lowercased() {
      case "content-length": length = Int(value) ?? 0
      case "x-nod-reason": reason = String(value)
      default: break
      }
    }
    bodyCount = length
    self.reason = reason
  }
}
