import AuctionTypes
import BudgetLedger
import LinuxIO
import Synchronization
import Testing

@testable import BidServer

/// The far end of a server's lanes: takes notices and answers as a test says.
final class LedgerStand: Sendable {
  let lanes: [LedgerLane]
  let wakeUps: [EventSignal]
  /// What workers wake the ledger by.
  let wake: EventSignal
  let cells = EscrowCells(accounts: 64)

  init(workers: Int, notices: Int = LedgerLimits.noticesInLane) throws {
    lanes = (0..<workers).map { _ in LedgerLane(notices: notices) }
    wakeUps = try (0..<workers).map { _ in try EventSignal() }
    wake = try EventSignal()
  }

  func link(_ worker: Int) -> LedgerLink {
    LedgerLink(
      lane: lanes[worker], wake: wake, cells: cells, noticeKey: NoticeSample.key,
      retentionMilliseconds: NoticeSample.retentionMilliseconds)
  }

  /// The next notice of the first worker.
  func next() throws -> Notice {
    let end = Clock.monotonicNanoseconds() + 5_000_000_000
    while true {
      if let notice = lanes[0].notices.pop() { return notice }
      try #require(Clock.monotonicNanoseconds() < end, "no notice came")
    }
  }

  /// The notices that are there now.
  func rest() -> [Notice] {
    var notices: [Notice] = []
    while let notice = lanes[0].notices.pop() { notices.append(notice) }
    return notices
  }

  /// Answers a notice of the first worker.
  func answer(_ notice: Notice, _ result: NoticeResult = .booked) {
    answer(NoticeAnswer(connection: notice.connection, result: result))
  }

  func answer(_ answers: NoticeAnswer...) {
    for answer in answers { #expect(lanes[0].answers.push(answer)) }
    wakeUps[0].signal()
  }

  /// The events of the first worker that nobody has taken.
  func events() -> [AdEvent] {
    var events: [AdEvent] = []
    while let event = lanes[0].events.pop() { events.append(event) }
    return events
  }
}

/// A thread that answers all notices that wait, as a ledger does, until it is stopped.
final class LedgerStandThread: Sendable {
  private let thread: Mutex<LinuxIO.Thread?>
  private let flag = Flag()

  private final class Flag: Sendable {
    let isStopped = Atomic<Bool>(false)
  }

  /// - Parameter judge: what becomes of a notice.
  init(
    _ stand: LedgerStand, judge: @escaping @Sendable (Notice) -> NoticeResult = { _ in .booked }
  ) throws {
    let flag = flag
    thread = Mutex(
      try LinuxIO.Thread(name: "nod-test-ledger") {
        while !flag.isStopped.load(ordering: .relaxed) { Self.serve(stand, judge) }
      })
  }

  func stop() {
    flag.isStopped.store(true, ordering: .relaxed)
    thread.withLock { $0.take() }?.join()
  }

  private static func serve(_ stand: LedgerStand, _ judge: (Notice) -> NoticeResult) {
    for (lane, wakeUp) in zip(stand.lanes, stand.wakeUps) {
      var hasAnswered = false
      while let notice = lane.notices.pop() {
        guard notice.connection != 0 else { continue }
        _ = lane.answers.push(
          NoticeAnswer(connection: notice.connection, result: judge(notice)))
        hasAnswered = true
      }
      if hasAnswered { wakeUp.signal() }
    }
  }
}
