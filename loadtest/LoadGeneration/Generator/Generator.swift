import FixedMemory
import LinuxIO

/// One thread of a run: its connections, its share of the planned requests, and what it counts.
///
/// A request is written at its planned time whatever the target does. Where no connection is free
/// it keeps its planned time and is written when one is: nothing is left out because the target is
/// slow.
struct Generator: ~Copyable {
  let plan: LoadPlan
  let number: Int
  let board: RunBoard
  var poller: Poller
  var links: [Link]
  var free: FreeLinks
  var freeForNotices: FreeLinks
  var times: PlannedTimes
  var requests: RequestWriter
  var recorder: Recorder
  var notices = NoticeQueue()
  var random: RandomNumbers
  var input = FixedBuffer(capacity: LoadLimits.answerBytes + 65_536)
  var body = UnpackedBody()
  var output: FixedBuffer
  var id = FixedBuffer(capacity: LoadLimits.idBytes)
  /// The monotonic clock, read shortly before.
  var now: UInt64 = 0
  /// The planned time of the next request that was not sent.
  var nextPlanned: UInt64?
  var start: UInt64 = 0
  var end: UInt64 = 0
  private var drainLimit: UInt64 = 0
  var measuredFrom: UInt64 = 0
  var inFlight = 0
  var openCount = 0
  var nextSweep: UInt64 = 0
  private var sentInAll: UInt64 = 0
  private var publishedInterval = 0

  /// A thread of a plan.
  init(_ plan: LoadPlan, number: Int, board: RunBoard) throws(Errno) {
    self.plan = plan
    self.number = number
    self.board = board
    poller = try Poller(capacity: 512)
    let bidLinks = Self.share(of: plan.connections, thread: number, of: plan.threads)
    let noticeLinks = Self.share(of: plan.noticeConnections, thread: number, of: plan.threads)
    links = (0..<(bidLinks + noticeLinks)).map { Link(isForNotices: $0 >= bidLinks) }
    free = FreeLinks(capacity: bidLinks)
    freeForNotices = FreeLinks(capacity: noticeLinks)
    times = PlannedTimes(
      plan.arrivals, thread: number, of: plan.threads, seed: plan.mix.seed)
    requests = RequestWriter(plan.mix, thread: number, of: plan.threads)
    recorder = Recorder(
      intervalNanoseconds: plan.intervalNanoseconds, deadline: plan.deadlineNanoseconds)
    random = RandomNumbers(seed: plan.mix.seed ^ UInt64(number + 1) << 32)
    output = FixedBuffer(capacity: max(requests.longest, LoadLimits.noticeBytes + 512))
  }

  /// The part of some connections that a thread has.
  private static func share(of count: Int, thread: Int, of threads: Int) -> Int {
    count / threads + (thread < count % threads ? 1 : 0)
  }

  /// Opens the connections, waits for the start, sends until the end, and waits for what is out.
  mutating func run() {
    Thread.useExactTimers()
    connectAll()
    board.set(.isReady, 1, thread: number)
    while board.start == 0 && !board.isStopping { poll(until: now + 1_000_000) }
    if board.start > 0 { send(from: board.start) }
    publish()
    for place in links.indices { close(place) }
  }

  private mutating func send(from moment: UInt64) {
    begin(at: moment)
    while !isOver {
      now = Clock.monotonicNanoseconds()
      sendDue()
      if plan.notices != nil { sendDueNotices() }
      if now >= nextSweep { tick() }
      poll(until: nextWake)
    }
    giveUpAll()
  }

  private mutating func begin(at moment: UInt64) {
    start = moment
    measuredFrom = moment + plan.warmUpNanoseconds
    end = moment + plan.arrivals.nanoseconds
    // What waits for a connection may be written until it is given up.
    drainLimit =
      end + plan.giveUpNanoseconds + plan.timeoutNanoseconds
      + (plan.notices?.longestDelay ?? 0)
    for place in links.indices where links[place].phase == .idle {
      links[place].freeSince = moment
    }
    advance()
  }

  /// Goes on to the next planned request.
  mutating func advance() { nextPlanned = times.next().map { start + $0 } }

  /// Whether nothing more is to be sent, and nothing is out.
  private var isOver: Bool {
    guard now >= end, nextPlanned == nil else { return false }
    if inFlight > 0 { return now > drainLimit }
    return notices.count == 0 || now > drainLimit
  }

  /// What is done now and then.
  private mutating func tick() {
    nextSweep = now + LoadLimits.sweepNanoseconds
    if board.isStopping, now < end { endEarly() }
    sweep()
    publish()
  }

  private mutating func endEarly() {
    giveUpUnsent(before: .max)
    end = now
    drainLimit = now + LoadLimits.stopNanoseconds
    nextPlanned = nil
  }

  /// When there is something to do though no socket says so.
  private var nextWake: UInt64 {
    if plan.isSpinning { return 0 }
    var wake = nextSweep
    if free.count > 0 {
      if plan.arrivals.isClosed { return 0 }
      if let nextPlanned { wake = min(wake, nextPlanned) }
    }
    if freeForNotices.count > 0, let due = notices.nextDue { wake = min(wake, due) }
    return wake
  }

  /// Waits for sockets until a moment and serves those that are ready.
  mutating func poll(until moment: UInt64) {
    let wait = moment > now ? moment - now : 0
    let count = poller.wait(timeoutNanoseconds: wait)
    for index in 0..<count { serve(poller.event(at: index)) }
    if count == 0 { now = Clock.monotonicNanoseconds() }
  }

  private mutating func serve(_ event: Poller.Event) {
    let place = Int(event.token & 0xFFFF_FFFF)
    guard links[place].generation == UInt32(event.token >> 32) else { return }
    switch links[place].phase {
    case .closed: break
    case .connecting: finishConnecting(place)
    case .idle, .waiting:
      if event.isWritable, !links[place].unsent.isEmpty {
        sendRest(place)
        // Where that broke the connection, what else was reported is not of the one in its place.
        guard links[place].generation == UInt32(event.token >> 32) else { return }
      }
      if event.isReadable || event.isBroken { receive(place) }
    }
  }

  /// Counts a write.
  mutating func countSend() { sentInAll += 1 }

  private mutating func publish() {
    board.set(.openConnections, UInt64(openCount), thread: number)
    board.set(.sent, sentInAll, thread: number)
    board.set(.inFlight, UInt64(inFlight), thread: number)
    guard now >= measuredFrom, start > 0 else { return }
    board.set(.answered, recorder.answered, thread: number)
    board.set(.bids, recorder[.bid], thread: number)
    board.set(.errors, recorder.errors, thread: number)
    board.set(.notices, recorder.noticesSent, thread: number)
    let current = Int((now - measuredFrom) / plan.intervalNanoseconds)
    guard current > publishedInterval else { return }
    if publishedInterval < recorder.intervals.count {
      board.publish(recorder.intervals[publishedInterval], number: publishedInterval)
    }
    publishedInterval = current
  }
}
