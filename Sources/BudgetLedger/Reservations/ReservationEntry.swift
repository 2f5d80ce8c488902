import AuctionTypes

/// A bid of this start that waits for its notice, or that is kept a while after: a cache line.
struct ReservationEntry: BitwiseCopyable, Sendable {
  /// What became of a bid.
  enum State: UInt32, Sendable {
    case live, settled, released, expired
  }

  /// The worker in the bits from 40 on, the sequence below.
  let key: UInt64
  /// What was reserved; once settled, what was paid.
  var amount: Int64
  let capUser: UInt64
  /// When the window ends, or for how long a resolved one is kept, by the monotonic clock.
  var expiresAt: UInt64
  private let timeAndDay: UInt64
  let account: UInt32
  private var windowAndState: UInt32
  /// Places beside it in its list of the wheel, or of the free ones; counted from 1.
  var next: UInt32 = 0
  var previous: UInt32 = 0
  /// Places beside it in the list of resolved ones; counted from 1.
  var nextResolved: UInt32 = 0
  var previousResolved: UInt32 = 0

  init(_ reservation: Reservation) {
    let window = min(reservation.windowSeconds, LedgerLimits.windowSeconds)
    key = Self.key(of: reservation.bid)
    amount = reservation.amount.nanos
    capUser = reservation.capUser
    expiresAt = reservation.madeAt.nanoseconds &+ UInt64(window) * 1_000_000_000
    timeAndDay =
      UInt64(bitPattern: reservation.time.milliseconds) << 16
      | UInt64(reservation.day.rawValue)
    account = reservation.account.rawValue
    windowAndState = window
  }

  static func key(of bid: BidNumber) -> UInt64 { UInt64(bid.worker) << 40 | bid.sequence }

  var worker: UInt8 { UInt8(truncatingIfNeeded: key >> 40) }
  var sequence: UInt64 { key & (1 << 40 - 1) }
  /// When the bid was made; years from 2000 BC to 6000 AD keep their milliseconds.
  var time: WallTime { WallTime(milliseconds: Int64(bitPattern: timeAndDay) >> 16) }
  var day: LocalDay { LocalDay(rawValue: UInt16(truncatingIfNeeded: timeAndDay)) }
  var windowSeconds: UInt32 { windowAndState & 0xFF_FFFF }
  var windowNanoseconds: UInt64 { UInt64(windowSeconds) * 1_000_000_000 }

  var state: State {
    get { State(rawValue: windowAndState >> 24 & 3) ?? .live }
    set { windowAndState = windowAndState & ~(3 << 24) | newValue.rawValue << 24 }
  }

  /// Whether a win has started the window anew.
  var isWon: Bool {
    get { windowAndState >> 28 & 1 == 1 }
    set { windowAndState = windowAndState & ~(1 << 28) | (newValue ? 1 << 28 : 0) }
  }
}
