import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO
import Telemetry

/// The ledger with its journal, turn by turn: what the ledger's thread does, without the thread.
struct LedgerLoop: ~Copyable {
  let parts: LedgerParts
  var ledger: Ledger
  var writer: JournalWriter
  /// What was found at the start.
  let recovered: RecoveredJournal
  /// The end of each lane's notices at the start of the turn.
  var ends: [UInt64]
  /// Answers that wait for the commit, by lane.
  var answers: [[NoticeAnswer]]
  /// Plans in force whose records wait for the commit.
  var adopted: [(outcome: Outcome<LedgerNumbers>, numbers: LedgerNumbers)] = []
  var hasPlan = false
  var nextTick = Instant(nanoseconds: 0)
  var checkpointBytes: Int

  /// Brings back what the folder holds and opens the ledger for a start: all of it is durable, the
  /// checkpoint included, when this returns.
  ///
  /// - Complexity: O(bytes of the checkpoint and of the segments since).
  init(_ parts: LedgerParts) throws {
    let options = parts.options
    var ledger = Ledger(
      cells: parts.cells, caps: parts.caps, figures: parts.figures, settings: options.settings)
    var recovery = JournalRecovery(options.disk, repairs: true)
    try recovery.run(into: &ledger)
    let recovered = recovery.recovered
    for note in recovered.notes { options.log(note) }
    if let note = try CapsFile.load(into: parts.caps, from: options.disk, at: options.time()) {
      options.log(note)
    }
    var writer = try JournalWriter(
      disk: options.disk, after: recovered, end: parts.end, durations: parts.durations,
      frameBytes: options.settings.frameBytes)
    var bytes: [UInt8] = []
    ledger.checkpoint(into: &bytes)
    do {
      try parts.keeper.write(bytes, before: writer.position.segment)
    } catch let error as FileError where error.isTooLarge {
      // The segments say the same; the next start reads them all again.
      options.log("\(error)")
    }
    ledger.begin(boot: options.boot, time: options.time(), now: options.now())
    while !ledger.pending.isEmpty {
      try Self.append(ledger, to: &writer)
      ledger.committed()
    }
    parts.requests.show(ledger.creatives, ledger.names)
    self.parts = parts
    self.ledger = ledger
    self.writer = writer
    self.recovered = recovered
    checkpointBytes = bytes.count
    ends = Array(repeating: 0, count: parts.lanes.count)
    answers = Array(repeating: [], count: parts.lanes.count)
  }

  /// Takes what is there from all lanes and makes it durable; what waited for that is answered.
  mutating func turn() {
    takeReservations()
    adoptPlans()
    applyNotices()
    tickIfDue()
    commit()
    checkpointIfDue()
  }

  /// How long to sleep when no lane calls, in milliseconds.
  var sleepMilliseconds: Int32 {
    guard hasPlan, parts.requests.isWorking else {
      return Int32(JournalLimits.tickMilliseconds)
    }
    let now = parts.options.now()
    guard now < nextTick else { return 0 }
    let left = (nextTick.nanoseconds - now.nanoseconds + 999_999) / 1_000_000
    return Int32(min(left, JournalLimits.tickMilliseconds))
  }

  /// The ends of all lanes' notices are read before any reservation: whoever sends a notice had the
  /// bid, whose reservation was pushed before, so it is among those taken here.
  private mutating func takeReservations() {
    for (index, lane) in parts.lanes.enumerated() { ends[index] = lane.notices.end }
    let isWorking = parts.requests.isWorking
    for lane in parts.lanes {
      let end = lane.reservations.end
      while let reservation = lane.reservations.pop(before: end) {
        if isWorking { ledger.gather(reservation) }
      }
    }
    ledger.postGathered()
  }

  private mutating func adoptPlans() {
    for request in parts.requests.takePlans() {
      guard parts.requests.isWorking else {
        request.numbers.give(.failure(LedgerUnavailable()))
        continue
      }
      let (time, now) = (parts.options.time(), parts.options.now())
      let numbers = ledger.adopt(request.plan, time: time, now: now)
      for refusal in ledger.refusals { parts.options.log(refusal) }
      hasPlan = true
      adopted.append((request.numbers, numbers))
      ledger.tick(time: time, now: now)
      commit()
    }
  }

  private mutating func applyNotices() {
    for index in parts.lanes.indices {
      let lane = parts.lanes[index]
      while lane.answers.hasRoom(for: answers[index].count + 1),
        let notice = lane.notices.pop(before: ends[index])
      {
        let result = result(of: notice)
        guard notice.connection != 0 else { continue }
        answers[index].append(NoticeAnswer(connection: notice.connection, result: result))
      }
    }
  }

  private mutating func result(of notice: Notice) -> NoticeResult {
    guard parts.requests.isWorking else { return .unavailable }
    if ledger.needsCommit {
      commit()
      guard parts.requests.isWorking else { return .unavailable }
    }
    return ledger.apply(notice, now: parts.options.now())
  }

  private mutating func tickIfDue() {
    let now = parts.options.now()
    guard hasPlan, parts.requests.isWorking, now >= nextTick else { return }
    ledger.tick(time: parts.options.time(), now: now)
    nextTick = now.advanced(milliseconds: JournalLimits.tickMilliseconds)
  }
}

extension Ledger: JournalState {}

/// What the ledger's thread works on, and what other threads see of it.
struct LedgerParts: Sendable {
  let options: LedgerOptions
  let lanes: [LedgerLane]
  /// By lane: wakes the worker whose notices were answered.
  let workerSignals: [EventSignal]
  let cells: EscrowCells
  let caps: CapTable
  let figures: LedgerFigures
  let requests: LedgerRequests
  let keeper: JournalKeeper
  let end = JournalEnd()
  let durations = DurationHistogram()

  init(
    _ options: LedgerOptions, lanes: [LedgerLane], workerSignals: [EventSignal],
    cells: EscrowCells, caps: CapTable, figures: LedgerFigures
  ) throws(Errno) {
    precondition(lanes.count == workerSignals.count)
    self.options = options
    self.lanes = lanes
    self.workerSignals = workerSignals
    self.cells = cells
    self.caps = caps
    self.figures = figures
    requests = LedgerRequests()
    keeper = try JournalKeeper(options, caps: caps)
  }
}
