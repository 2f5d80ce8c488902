import FixedMemory
import HTTP1

/// How long a connection may stay in each phase, in nanoseconds.
struct PhaseLimits {
  private let idle: UInt64
  private let head: UInt64
  private let body: UInt64
  private let booking: UInt64
  private let writing: UInt64
  private let lingering: UInt64
  /// How long idle connections stay open while draining, and how long draining lasts.
  let drainIdle: UInt64
  let drain: UInt64

  init(_ limits: ServerLimits) {
    func nanoseconds(_ milliseconds: Int) -> UInt64 { UInt64(milliseconds) * 1_000_000 }
    idle = nanoseconds(limits.idleMilliseconds)
    head = nanoseconds(limits.headMilliseconds)
    body = nanoseconds(limits.bodyMilliseconds)
    booking = nanoseconds(limits.bookingMilliseconds)
    writing = nanoseconds(limits.writeMilliseconds)
    lingering = nanoseconds(limits.lingerMilliseconds)
    drainIdle = nanoseconds(limits.drainIdleMilliseconds)
    drain = nanoseconds(limits.drainMilliseconds)
  }

  /// Every phase, without an array.
  static var all: PhaseSequence { PhaseSequence() }

  @inline(__always)
  subscript(phase: Connection.Phase) -> UInt64 {
    switch phase {
    case .idle: idle
    case .head: head
    case .body: body
    case .booking: booking
    case .writing: writing
    case .lingering: lingering
    }
  }

  struct PhaseSequence: Sequence, IteratorProtocol {
    private var following: UInt8 = 0

    @inline(__always)
    mutating func next() -> Connection.Phase? {
      defer { following &+= 1 }
      return Connection.Phase(rawValue: following)
    }
  }
}

extension ParkingLot {
  /// As much as the connections of a worker may need: every one a small block, few a large one,
  /// which holds the largest request or answer.
  init(connections: Int, maxBodyBytes: Int) {
    let request = HTTP1Limits.headBytes + maxBodyBytes
    let answer = BidServerLimits.responseBytes + 2 * BidServerLimits.responseHeadBytes
    let received = BidServerLimits.receiveBytes
    self.init(
      small: Blocks(bytes: BidServerLimits.smallBlockBytes, count: connections),
      medium: Blocks(
        bytes: BidServerLimits.mediumBlockBytes,
        count: max(
          BidServerLimits.mediumBlocksAtLeast,
          connections / BidServerLimits.connectionsPerMediumBlock)),
      large: Blocks(
        bytes: max(request, answer, received) + BidServerLimits.smallBlockBytes,
        count: max(
          BidServerLimits.largeBlocksAtLeast,
          connections / BidServerLimits.connectionsPerLargeBlock)))
  }
}
