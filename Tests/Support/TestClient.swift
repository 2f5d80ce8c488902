import FixedMemory
import LinuxIO

/// A blocking HTTP/1.1 client of one connection to this machine, for tests of servers.
package struct TestClient: ~Copyable {
  private let socket: Socket
  private var input: FixedBuffer

  /// Why there was no answer.
  package enum Failure: Error, Equatable {
    case refused
    case broken
    case timeout
  }

  /// Connects to a port.
  package init(port: UInt16, timeoutMilliseconds: Int = Patience.milliseconds) throws {
    let socket = try Self.connected(port: port, timeoutMilliseconds: timeoutMilliseconds)
    self.socket = socket
    input = FixedBuffer(capacity: 4 << 20)
  }

  private static func connected(port: UInt16, timeoutMilliseconds: Int) throws -> Socket {
    do {
      let socket = try Socket.connected(to: SocketAddress(host: "127.0.0.1", port: port))
      try socket.descriptor.setTimeout(milliseconds: timeoutMilliseconds)
      return socket
    } catch {
      throw Failure.refused
    }
  }

  /// Sends bytes as they are.
  package func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let rest = bytes.rawSpan.slice(sent, bytes.count - sent)
      guard case .bytes(let count) = socket.descriptor.send(rest) else { throw Failure.broken }
      sent += count
    }
  }

  /// Sends a request and waits for its answer.
  package mutating func request(
    _ method: String, _ path: String, headers: [String] = [], body: [UInt8]? = nil
  ) throws -> TestAnswer {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers
    if let body { lines.append("Content-Length: \(body.count)") }
    try send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? []))
    return try answer(hasBody: method != "HEAD")
  }

  /// Waits for the next answer whose length is given by `Content-Length` or by chunks.
  package mutating func answer(hasBody: Bool = true) throws -> TestAnswer {
    while true {
      let bytes = (0..<input.count).map { input.bytes.byte(at: $0) }
      if let (answer, count) = TestAnswer.first(of: bytes, hasBody: hasBody) {
        input.removeFirst(count)
        return answer
      }
      switch socket.descriptor.receive(into: &input) {
      case .bytes: continue
      case .wouldBlock: throw Failure.timeout
      case .ended, .failed: throw Failure.broken
      }
    }
  }

  /// Whether the server closes the connection without sending more.
  package mutating func isClosedByServer() -> Bool {
    switch socket.descriptor.receive(into: &input) {
    case .ended, .failed: true
    case .bytes, .wouldBlock: false
    }
  }
}

/// An HTTP answer in memory.
package struct TestAnswer: Sendable {
  /// The status of its first line.
  package let status: Int
  /// Names in lower case, and values.
  package let headers: [(name: String, value: String)]
  /// What follows the head.
  package let body: [UInt8]

  /// The body as text.
  package var text: String { String(decoding: body, as: UTF8.self) }

  /// The value of a header's first line.
  package func header(_ name: String) -> String? {
    headers.first { $0.name == name.lowercased() }?.value
  }

  /// The first answer of some bytes and its length, or nil while it is not complete.
  static func first(of bytes: [UInt8], hasBody: Bool) -> (answer: TestAnswer, count: Int)? {
    guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: "\r\n\r\n".utf8) })
    else { return nil }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      return (line[..<colon].lowercased(), String(value))
    }
    if hasBody, headers.contains(where: { $0 == ("transfer-encoding", "chunked") }) {
      guard let (body, next) = chunks(of: bytes, from: end + 4) else { return nil }
      return (TestAnswer(status: status, headers: headers, body: body), next)
    }
    let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
    let count = end + 4 + (hasBody ? length : 0)
    guard bytes.count >= count else { return nil }
    let body = Array(bytes[(end + 4)..<count])
    return (TestAnswer(status: status, headers: headers, body: body), count)
  }

  /// The body of the chunks from a place on and where they end, or nil while they are not complete.
  private static func chunks(of bytes: [UInt8], from start: Int) -> (body: [UInt8], next: Int)? {
    var body: [UInt8] = []
    var place = start
    while let line = bytes[place...].firstIndex(of: 0x0D), line + 1 < bytes.count {
      let size = Int(String(decoding: bytes[place..<line], as: UTF8.self), radix: 16) ?? 0
      let end = line + 2 + size + 2
      guard bytes.count >= end else { return nil }
      body += bytes[(line + 2)..<(line + 2 + size)]
      if size == 0 { return (body, end) }
      place = end
    }
    return nil
  }
}
