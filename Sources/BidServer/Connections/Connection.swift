import AuctionTypes
import FixedMemory
import HTTP1
import LinuxIO

/// An open connection, as a plain value in the worker's table.
struct Connection: BitwiseCopyable {
  var descriptor = Descriptor.none
  /// Tells this connection from earlier ones of the same slot.
  var generation: UInt32 = 0
  /// Its place in the worker's table.
  var slot: Int32 = 0
  var phase = Phase.idle
  /// When the phase began, in nanoseconds of the monotonic clock.
  var since: UInt64 = 0
  /// Neighbours in the list of the phase; -1 at its ends.
  var previous: Int32 = -1
  var next: Int32 = -1

  /// The bytes received and not consumed, the first of them the current request's first.
  var input = ParkedBytes()
  /// The bytes to be sent that the kernel did not take.
  var output = ParkedBytes()
  /// How far the current head is read.
  var parser = RequestHeadParser()
  /// The head's bytes once it is whole, else 0.
  var headBytes = 0
  /// The bid route's exchange once the head is whole.
  var exchange = 0
  /// Bytes of a refused request's body that are still to be passed over.
  var skipBytes = 0
  /// Reads a chunked body; data are moved together behind the head.
  var chunks = ChunkedBodyReader(limit: 0)
  /// Where the chunked body is read on, 0 while none is, and where its next data go.
  var chunksRead = 0
  var chunksEnd = 0
  /// When bytes of it were last read, and how old they were.
  var lastRead = ArrivalClock.LastRead()
  /// Whether a billing notice of it waits for the ledger.
  var booking = Booking.none
  /// What that notice tells of.
  var bookingKind = NoticeKind.billing
  /// What becomes of the connection once that notice is answered.
  var afterBooking = ResponseHead.Connection.implied
  /// What the poller reports of it, beside breaks.
  var interest = Poller.Interest.read
  /// Whether a request ended since the phase was last chosen.
  var hasNewRequest = false
  /// Whether the connection closes once its output is sent.
  var isClosing = false
  /// Whether the peer is gone, or takes no answer and no block is free for it.
  var isBroken = false

  /// What the connection waits for; each phase has a time limit.
  enum Phase: UInt8, BitwiseCopyable, CaseIterable {
    /// The first byte of a request.
    case idle
    /// The rest of a head.
    case head
    /// The rest of a body.
    case body
    /// The ledger to book what a billing notice tells; requests behind it wait.
    case booking
    /// The peer to read its answer.
    case writing
    /// The peer to close after the last answer.
    case lingering
  }

  /// How far the billing notice is that the connection waits for.
  enum Booking: UInt8, BitwiseCopyable {
    /// There is none.
    case none
    /// The ledger has not answered.
    case waiting
    /// Booked, and to be answered once what was answered before is sent.
    case booked
    /// Not booked, and to be answered once what was answered before is sent.
    case refused
  }

  /// What the poller reports for it, and what the ledger answers to: never zero.
  @inline(__always)
  var token: UInt64 { UInt64(generation) << 32 | UInt64(UInt32(bitPattern: slot)) }

  /// The phase that the connection is in by what it holds.
  @inline(__always)
  var currentPhase: Phase {
    if !output.isEmpty { return .writing }
    if booking == .waiting { return .booking }
    if isClosing { return .lingering }
    if headBytes > 0 || skipBytes > 0 { return .body }
    return input.isEmpty ? .idle : .head
  }

  /// Whether another request may be answered: the last answer was made, taken, and is not the last.
  @inline(__always)
  var canAnswer: Bool { !isClosing && !isBroken && output.isEmpty && booking == .none }

  /// What the poller has to report in a phase; while a notice waits, what it reported before,
  /// unless that would be reported again and again.
  @inline(__always)
  func interest(in phase: Phase) -> Poller.Interest {
    switch phase {
    case .writing: .write
    case .booking: interest == .read ? .read : .broken
    case .idle, .head, .body, .lingering: .read
    }
  }

  var isReadingChunks: Bool { chunksRead > 0 }

  /// Starts to read a chunked body behind the head.
  mutating func startChunks(limit: Int) {
    chunks = ChunkedBodyReader(limit: limit)
    chunksRead = headBytes
    chunksEnd = headBytes
  }

  /// Keeps where a chunked body is, of which only the data are parked.
  mutating func keepChunks(_ reader: ChunkedBodyReader, dataEnd: Int) {
    chunks = reader
    chunksRead = dataEnd
    chunksEnd = dataEnd
  }

  /// Forgets the request that was just answered.
  mutating func finishRequest() {
    parser = RequestHeadParser()
    headBytes = 0
    hasNewRequest = true
  }
}
