import FixedMemory
import LinuxIO
import Support
import Testing

/// A blocking connection to a server under test, which gives up after some seconds.
final class TestClient {
  let descriptor: Descriptor
  private var received: [UInt8] = []

  struct Response: Equatable {
    var status = 0
    var fields: [String: String] = [:]
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// Why no response came.
  enum Failure: Error, Equatable {
    case closed, silent
    case broken(Errno)
  }

  init(port: UInt16, receiveBytes: Int32? = nil) throws {
    descriptor = try Socket.connected(to: SocketAddress(host: "127.0.0.1", port: port)).release()
    try descriptor.setTimeout(milliseconds: Patience.milliseconds)
    if let receiveBytes { try descriptor.setBufferSizes(receive: receiveBytes) }
  }

  deinit { descriptor.close() }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes
    while !rest.isEmpty {
      let outcome = descriptor.send(rest.rawSpan)
      switch outcome {
      case .bytes(let count): rest.removeFirst(count)
      case .failed(let errno): throw Failure.broken(errno)
      default: throw Failure.silent
      }
    }
  }

  /// The next response; interim ones are responses of their own.
  func receive(withBody: Bool = true) throws -> Response {
    while true {
      if let response = takeResponse(withBody: withBody) { return response }
      try receiveMore()
    }
  }

  func exchange(_ text: String) throws -> Response {
    try send(text)
    return try receive()
  }

  /// Whether the server closes now, having sent nothing more.
  func isClosed() throws -> Bool {
    do {
      try receiveMore()
      return false
    } catch Failure.closed {
      return received.isEmpty
    } catch Failure.broken {
      return received.isEmpty
    } catch Failure.silent {
      return false
    }
  }

  private func receiveMore() throws {
    var buffer = FixedBuffer(capacity: 64 << 10)
    switch descriptor.receive(into: &buffer) {
    case .bytes:
      let bytes = buffer.bytes
      received += (0..<bytes.byteCount).map { bytes.byte(at: $0) }
    case .ended: throw Failure.closed
    case .wouldBlock: throw Failure.silent
    case .failed(let errno): throw Failure.broken(errno)
    }
  }

  private func takeResponse(withBody: Bool) -> Response? {
    let end = Array("\r\n\r\n".utf8)
    guard let start = received.firstRange(of: end) else { return nil }
    let lines = String(decoding: received[..<start.lowerBound], as: UTF8.self)
      .split(separator: "\r\n")
    var response = Response()
    response.status = Int(lines[0].split(separator: " ")[1]) ?? 0
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      response.fields[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
    let count = withBody ? Int(response.fields["content-length"] ?? "0") ?? 0 : 0
    guard received.count >= start.upperBound + count else { return nil }
    response.body = Array(received[start.upperBound..<(start.upperBound + count)])
    received.removeFirst(start.upperBound + count)
    return response
  }
}
