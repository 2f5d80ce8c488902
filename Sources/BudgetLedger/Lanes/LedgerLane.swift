import AuctionTypes
import FixedMemory

/// What goes between one worker and the ledger thread, and from the worker to the event log.
@usableFromInline
package final class LedgerLane: Sendable {
  /// Worker to ledger: bids that were answered. Pushed before the answer is sent.
  package let reservations: RingQueue<Reservation>
  /// Worker to ledger: notices whose tag is ours.
  package let notices: RingQueue<Notice>
  /// Ledger to worker: what became of notices that wait.
  package let answers: RingQueue<NoticeAnswer>
  /// Worker to event log: what happened.
  package let events: RingQueue<AdEvent>
  /// Events that found the ring full.
  package let droppedEvents = AtomicArray(count: 1)

  package init(
    reservations: Int = LedgerLimits.reservationsInLane,
    notices: Int = LedgerLimits.noticesInLane, events: Int = LedgerLimits.eventsInLane
  ) {
    self.reservations = RingQueue(capacity: reservations)
    self.notices = RingQueue(capacity: notices)
    answers = RingQueue(capacity: notices)
    self.events = RingQueue(capacity: events)
  }

  /// Hands a bid to the ledger; false when the ring is full.
  package func push(_ reservation: Reservation) -> Bool { reservations.push(reservation) }

  /// Hands an event to the event log, or drops and counts it where the ring is full.
  package func log(_ event: AdEvent) {
    if !events.push(event) { droppedEvents.addOwned(1, at: 0) }
  }
}

/// A bid that was answered and may be charged.
@usableFromInline
package struct Reservation: BitwiseCopyable, Sendable, Equatable {
  package var bid: BidNumber
  package var account: AccountID
  package var day: LocalDay
  /// What was taken from the escrow.
  package var amount: Money
  /// When it was made, by the monotonic clock.
  package var madeAt: Instant
  /// When it was made, for frequency caps.
  package var time: WallTime
  package var windowSeconds: UInt32
  /// Whose caps it counts in; zero where it counts in none.
  package var capUser: UInt64

  package init(
    bid: BidNumber, account: AccountID, day: LocalDay, amount: Money, madeAt: Instant,
    time: WallTime, windowSeconds: UInt32, capUser: UInt64 = 0
  ) {
    self.bid = bid
    self.account = account
    self.day = day
    self.amount = amount
    self.madeAt = madeAt
    self.time = time
    self.windowSeconds = windowSeconds
    self.capUser = capUser
  }
}

/// A notice on its way to the ledger: its tag is ours, it is not too old, and no test.
@usableFromInline
package struct Notice: BitwiseCopyable, Sendable {
  package var kind: NoticeKind
  package var token: NoticeToken
  /// What is paid in the account's currency; for an event that books.
  package var paid: Money
  package var problem: PriceProblem
  /// When it came.
  package var time: WallTime
  /// The connection that waits for the answer, by its token; zero when none does.
  package var connection: UInt64

  package init(
    kind: NoticeKind, token: NoticeToken, paid: Money, problem: PriceProblem, time: WallTime,
    connection: UInt64
  ) {
    self.kind = kind
    self.token = token
    self.paid = paid
    self.problem = problem
    self.time = time
    self.connection = connection
  }

  /// Whether it books spend.
  package var books: Bool { kind == token.billOn }
}

/// What became of a notice whose connection waits.
@usableFromInline
package struct NoticeAnswer: BitwiseCopyable, Sendable, Equatable {
  package var connection: UInt64
  package var result: NoticeResult

  package init(connection: UInt64, result: NoticeResult) {
    self.connection = connection
    self.result = result
  }
}

/// Something that happened to a bid, for the event log.
@usableFromInline
package struct AdEvent: BitwiseCopyable, Sendable {
  /// What happened.
  @frozen @usableFromInline
  package enum Kind: UInt8, CaseIterable, Sendable {
    case bid, win, booking, loss, click, pixel
  }

  package var kind: Kind
  package var token: NoticeToken
  /// When it happened.
  package var time: WallTime
  /// The price that came with it, in the bid's currency; negative when none could be read.
  package var price: CPM
  /// The reason of a loss (OpenRTB 2.5 section 5.25); zero when none came.
  package var lossReason: UInt16

  package init(
    kind: Kind, token: NoticeToken, time: WallTime, price: CPM, lossReason: UInt16 = 0
  ) {
    self.kind = kind
    self.token = token
    self.time = time
    self.price = price
    self.lossReason = lossReason
  }
}
