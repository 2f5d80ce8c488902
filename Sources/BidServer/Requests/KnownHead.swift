import FixedMemory
import HTTP1

/// The head of a bid request, with the exchange that its path leads to.
struct KnownHead: ~Copyable {
  private var head = RepeatedHead()
  private var exchange = 0

  /// Takes the head that a connection has just sent.
  mutating func hold(_ bytes: RawSpan, _ connection: borrowing Connection) {
    head.hold(bytes, connection.parser)
    exchange = connection.exchange
  }

  /// Reads the head that some bytes start with, if it is the one known but for its length; says how
  /// many bytes it has.
  @inline(__always)
  func read(_ bytes: RawSpan, into connection: inout Connection) -> Int? {
    guard let count = head.read(bytes, into: &connection.parser) else { return nil }
    connection.exchange = exchange
    return count
  }
}
