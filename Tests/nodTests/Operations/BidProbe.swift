import FixedMemory
import Foundation
import LinuxIO
import Support
import Synchronization

/// Asks a server for bids at planned times, whatever it does meanwhile, and notes how long each
/// took.
///
/// A wait that the server caused counts from the planned time, so that a stall is seen in every
/// request that fell into it; the probe's own oversleeping does not count.
final class BidProbe: Sendable {
  /// What a time of asking came to.
  struct Slice: Sendable {
    /// Microseconds of every answered request, sorted.
    var microseconds: [Double] = []
    /// Answers that were no bid, and connections that broke.
    var failures = 0

    /// The microseconds that a share of the requests stayed within.
    func quantile(_ share: Double) -> Double {
      guard let last = microseconds.indices.last else { return .infinity }
      return microseconds[min(last, Int(Double(microseconds.count) * share))]
    }
  }

  private static let threads = 2
  private static let connectionsOfAThread = 4
  private let lanes: [Lane]

  /// Connects to a server.
  init(port: UInt16, body: String) throws {
    lanes = try (0..<Self.threads).map { _ in
      try Lane(port: port, connections: Self.connectionsOfAThread, body: body)
    }
  }

  /// Asks for so many bids a second for a time.
  func ask(perSecond rate: Int, seconds: Double) throws -> Slice {
    let slices = Mutex<[Slice]>([])
    let threads = try lanes.map { lane in
      try LinuxIO.Thread(name: "probe") {
        let slice = lane.ask(
          count: Int(Double(rate) * seconds) / Self.threads,
          intervalNanoseconds: UInt64(1_000_000_000 * Self.threads / rate))
        slices.withLock { $0.append(slice) }
      }
    }
    for thread in threads { thread.join() }
    return slices.withLock { slices in
      var all = Slice()
      for slice in slices {
        all.microseconds += slice.microseconds
        all.failures += slice.failures
      }
      all.microseconds.sort()
      return all
    }
  }

  /// The connections of one thread, used in turn.
  private final class Lane: Sendable {
    private let connections: Mutex<[Connection]>

    init(port: UInt16, connections: Int, body: String) throws {
      let request = Array(
        """
        POST /openrtb2/example HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
        Content-Length: \(body.utf8.count)\r\n\r\n\(body)
        """.utf8)
      self.connections = Mutex(
        try (0..<connections).map { _ in try Connection(port: port, request: request) })
    }

    func ask(count: Int, intervalNanoseconds: UInt64) -> Slice {
      connections.withLock { connections in
        var slice = Slice()
        slice.microseconds.reserveCapacity(count)
        var planned = Clock.monotonicNanoseconds()
        for index in 0..<count {
          planned += intervalNanoseconds
          let now = Clock.monotonicNanoseconds()
          var start = planned
          if now < planned {
            usleep(UInt32((planned - now) / 1_000))
            start = max(planned, Clock.monotonicNanoseconds())
          }
          if connections[index % connections.count].getsABid() {
            slice.microseconds.append(Double(Clock.monotonicNanoseconds() - start) / 1_000)
          } else {
            slice.failures += 1
          }
        }
        return slice
      }
    }
  }

  /// A connection that sends the same request again and again.
  private final class Connection {
    private let socket: Socket
    private let request: [UInt8]
    private var answer = AnswerBuffer()

    init(port: UInt16, request: [UInt8]) throws {
      socket = try Socket.connected(to: SocketAddress(host: "127.0.0.1", port: port))
      try socket.descriptor.setTimeout(milliseconds: 5_000)
      self.request = request
    }

    /// Sends the request and waits for its answer, which is as long as its head says.
    func getsABid() -> Bool {
      answer.clear()
      let request = request
      guard case .bytes(request.count) = socket.descriptor.send(request.rawSpan) else {
        return false
      }
      while answer.receive(from: socket.descriptor) {
        if answer.isComplete { return answer.isABid }
      }
      return false
    }
  }
}

/// What came of an answer so far.
private struct AnswerBuffer: ~Copyable {
  private var input = FixedBuffer(capacity: 16 << 10)

  /// Forgets the answer before.
  mutating func clear() { input.removeFirst(input.count) }

  /// Waits for more; false where nothing comes any more.
  mutating func receive(from socket: Descriptor) -> Bool {
    if case .bytes = socket.receive(into: &input) { true } else { false }
  }

  /// `HTTP/1.1 200`.
  var isABid: Bool {
    input.count > 12 && input.bytes.byte(at: 9) == 0x32 && input.bytes.byte(at: 11) == 0x30
  }

  /// Whether head and body are there.
  var isComplete: Bool {
    var length = 0
    var line = 0
    for index in 0..<input.count where input.bytes.byte(at: index) == 0x0A {
      if index - line <= 1 { return input.count >= index + 1 + length }
      if isLength(from: line, to: index) { length = number(from: line + 15, to: index) }
      line = index + 1
    }
    return false
  }

  /// Whether a line is `Content-Length:`, the only field of such a length that starts so.
  private func isLength(from start: Int, to end: Int) -> Bool {
    end - start > 16 && input.bytes.byte(at: start + 14) == 0x3A
      && input.bytes.byte(at: start) | 0x20 == 0x63
      && input.bytes.byte(at: start + 8) | 0x20 == 0x6C
  }

  private func number(from start: Int, to end: Int) -> Int {
    var number = 0
    for place in start..<end {
      let digit = input.bytes.byte(at: place) &- 0x30
      if digit < 10 { number = number * 10 + Int(digit) }
    }
    return number
  }
}
