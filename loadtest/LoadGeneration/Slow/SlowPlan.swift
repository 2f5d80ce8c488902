import FixedMemory
import LinuxIO

/// Clients that take their time, as broken networks and attackers do.
package struct SlowPlan: Sendable {
  /// What a client takes its time with.
  package enum Kind: String, CaseIterable, Sendable {
    /// It sends the head of its request a byte at a time.
    case head
    /// It sends the head, and then the body a byte at a time.
    case body
    /// It sends many requests at once and reads the answers a byte at a time.
    case answers
  }

  /// What the clients take their time with.
  package var kind: Kind
  /// Where they connect to.
  package var target: SocketAddress
  /// How many they are; each is opened again when the target closes it.
  package var clients: Int
  /// From one byte to the next, in nanoseconds.
  package var byteNanoseconds: UInt64 = 1_000_000_000
  /// How long they go on.
  package var nanoseconds: UInt64

  /// What a client sends at once.
  let opening: [UInt8]
  /// What follows a byte at a time.
  let rest: [UInt8]

  /// Clients that send the first request of a mix.
  ///
  /// - Parameter mix: prepared.
  package init(
    _ kind: Kind, to target: SocketAddress, mix: RequestMix, clients: Int, nanoseconds: UInt64
  ) {
    self.kind = kind
    self.target = target
    self.clients = clients
    self.nanoseconds = nanoseconds
    let request = Self.request(of: mix)
    let headEnd = request.headEnd
    switch kind {
    case .head: (opening, rest) = Self.split(request.bytes, at: LoadLimits.slowHeadBytes)
    case .body: (opening, rest) = Self.split(request.bytes, at: headEnd + 1)
    case .answers:
      let repeated = [[UInt8]](repeating: request.bytes, count: LoadLimits.pipelinedRequests)
      (opening, rest) = (Array(repeated.joined()), [])
    }
  }

  private static func split(_ bytes: [UInt8], at place: Int) -> ([UInt8], [UInt8]) {
    // Its last byte is never sent, or the request would be whole.
    (Array(bytes.prefix(place)), Array(bytes.dropFirst(place).dropLast()))
  }

  private static func request(of mix: RequestMix) -> (bytes: [UInt8], headEnd: Int) {
    var writer = RequestWriter(mix, thread: 0, of: 1)
    var buffer = FixedBuffer(capacity: writer.longest)
    var id = FixedBuffer(capacity: LoadLimits.idBytes)
    writer.write(into: &buffer, id: &id)
    let bytes = (0..<buffer.count).map { buffer.bytes.byte(at: $0) }
    let headEnd = bytes.count - mix.corpus.entries[0].byteCount - id.count
    return (bytes, headEnd)
  }
}

/// What became of slow clients.
package struct SlowResult: Equatable, Sendable {
  /// Connections that were opened.
  package var opened = 0
  /// Attempts to connect that failed.
  package var refused = 0
  /// Connections that the target ended.
  package var ended = 0
  /// Clients that were connected at the end.
  package var connected = 0
  /// Bytes that were sent.
  package var sent = 0
  /// Bytes that were read.
  package var received = 0
}
