import FixedMemory
import Foundation
import LinuxIO
import Support

/// A connection of a teller, with what it has sent and not been answered.
final class TellerConnection {
  /// What an answer is awaited for.
  enum Errand {
    case bid(requested: Double)
    case notice(Shot, sent: Double)
  }

  /// An answer of the server.
  struct Answer {
    let status: Int
    let body: [UInt8]
  }

  private let socket: Socket
  private var input = FixedBuffer(capacity: 1 << 16)
  /// In the order in which the answers come.
  private(set) var errands: [Errand] = []
  /// Whether nothing can be sent any more.
  private(set) var isBroken = false
  /// Whether everything was read that the server sent before it closed the connection.
  private(set) var hasEnded = false

  init(port: UInt16, poller: borrowing Poller, token: Int) throws {
    socket = try Socket.connected(to: SocketAddress(host: "127.0.0.1", port: port))
    try socket.descriptor.setTimeout(milliseconds: 10_000)
    try poller.add(socket.descriptor, token: UInt64(token))
  }

  /// Sends a request, at once.
  func send(_ bytes: [UInt8], for errand: Errand) {
    errands.append(errand)
    var sent = 0
    while sent < bytes.count {
      let rest = bytes.rawSpan.slice(sent, bytes.count - sent)
      guard case .bytes(let count) = socket.descriptor.send(rest) else {
        isBroken = true
        return
      }
      sent += count
    }
  }

  /// Reads what is there; call when the poller says so.
  func receive() {
    switch socket.descriptor.receive(into: &input) {
    case .bytes, .wouldBlock: break
    case .ended, .failed:
      isBroken = true
      hasEnded = true
    }
  }

  /// Watches it no more.
  func leave(_ poller: borrowing Poller) { try? poller.remove(socket.descriptor) }

  /// The next complete answer and what it answers.
  func nextAnswer() -> (errand: Errand, answer: Answer)? {
    guard let (answer, count) = Self.answer(in: input.bytes), !errands.isEmpty else { return nil }
    input.removeFirst(count)
    return (errands.removeFirst(), answer)
  }

  /// Takes the notices that nobody will answer, with the times at which they were sent.
  func abandonedShots() -> [(shot: Shot, sent: Double)] {
    defer { errands = [] }
    return errands.compactMap { errand in
      if case .notice(let shot, let sent) = errand { (shot, sent) } else { nil }
    }
  }

  /// An answer at the start of some bytes and its length; nil while it is not complete.
  private static func answer(in bytes: RawSpan) -> (answer: Answer, count: Int)? {
    guard let head = headLength(bytes) else { return nil }
    let text = String(decoding: bytes.copied(from: 0, count: head), as: UTF8.self).lowercased()
    let status = Int(text.dropFirst(9).prefix(3)) ?? 0
    let length = text.range(of: "content-length: ").map {
      Int(text[$0.upperBound...].prefix { $0.isNumber }) ?? 0
    }
    let count = head + (length ?? 0)
    guard bytes.byteCount >= count else { return nil }
    return (
      Answer(status: status, body: bytes.copied(from: head, count: count - head)), count
    )
  }

  /// The bytes up to the end of the empty line.
  private static func headLength(_ bytes: RawSpan) -> Int? {
    var index = 3
    while index < bytes.byteCount {
      if bytes.byte(at: index) == 10, bytes.byte(at: index - 2) == 10 { return index + 1 }
      index += 1
    }
    return nil
  }
}
