import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO
import Support

/// A worker without sockets: bids, and sends the notices of another worker's bids.
struct RaceWorker: ~Copyable {
  /// What a worker saw.
  struct Tally: Sendable {
    var bids = 0
    var booked = Money.zero
    var late = Money.zero
    /// Notices that booked.
    var bookings = 0
    var duplicates = 0
    /// Bookings that came late though the bid's window had not passed and it was not lost: they
    /// overtook their reservation.
    var overtaken = 0
    /// Notices that were never answered, or with what they cannot be.
    var failures = 0
  }

  /// A notice whose answer is to come.
  private struct Waiting {
    let paid: Money
    let madeAt: WallTime
    let wasLost: Bool
  }

  private(set) var tally = Tally()
  private let number: Int
  private let market: RaceMarket
  private let wake: EventSignal
  private var random: SeededGenerator
  private var signer = NoticeSigner(key: RaceMarket.key)
  private var path = FixedBuffer(capacity: NoticeSigner.longestPath)
  private var sequence: UInt64 = 0
  private var connections: UInt64 = 0
  /// By connection.
  private var waiting: [UInt64: Waiting] = [:]
  private var tokens: [NoticeToken] = []
  /// Bids whose loss was sent: all are of one worker.
  private var lost: Set<UInt64> = []

  init(_ number: Int, in market: RaceMarket, wake: EventSignal, seed: UInt64) {
    self.number = number
    self.market = market
    self.wake = wake
    random = SeededGenerator(seed: seed)
  }

  private var lane: LedgerLane { market.lanes[number] }

  mutating func run(_ race: Race) {
    while !race.isOver {
      for _ in 0..<8 { bid() }
      for _ in 0..<4 { notify() }
      takeAnswers()
    }
    for _ in 0..<2_000 where !waiting.isEmpty {
      wake.signal()
      waitForAnswers()
    }
    tally.failures += waiting.count
  }

  // MARK: Bids

  private mutating func bid() {
    guard lane.reservations.hasRoom(for: 2), market.heard[number].hasRoom(for: 1),
      let token = chooseBid(), let amount = token.reserved
    else { return }
    guard market.cells.take(amount, account: token.account, day: token.day) else {
      return market.cells.report(shortfall: amount, account: token.account)
    }
    let user = random.next() % 100
    if user != 0,
      !market.caps.reserve(
        RaceMarket.cap, account: token.account, user: user, at: token.madeAt)
    {
      return giveBack(amount, token)
    }
    push(amount, token, user: user, window: token.windowSeconds)
    lane.log(AdEvent(kind: .bid, token: token, time: token.madeAt, price: token.price))
    _ = market.heard[number].push(token)
    tally.bids += 1
  }

  private mutating func chooseBid() -> NoticeToken? {
    market.snapshots.enter(reader: number)
    defer { market.snapshots.leave(reader: number) }
    let choice = random.next()
    let time = market.time
    let price = CPM(micros: 1 + Int64(random.next() % UInt64(RaceMarket.largestBid)))
    let bid = BidNumber(boot: RaceMarket.boot, worker: UInt8(number), sequence: sequence)
    return market.snapshots.withCurrent { snapshot in
      guard !snapshot.lineItems.isEmpty else { return nil }
      return NoticeToken(
        bid: bid, madeAt: time,
        account: snapshot.lineItems[Int(choice % UInt64(snapshot.lineItems.count))],
        creative: snapshot.creative, exchange: snapshot.exchange,
        size: Size(width: 300, height: 250), price: price, currency: .usd, rates: .same,
        day: ZoneOffsets.utc.day(at: time), windowSeconds: 1, isTest: false, billOn: .billing)
    }
  }

  private mutating func giveBack(_ amount: Money, _ token: NoticeToken) {
    if market.cells.give(amount, account: token.account, day: token.day) { return }
    push(amount, token, user: 0, window: 0)
  }

  private mutating func push(
    _ amount: Money, _ token: NoticeToken, user: UInt64, window: UInt32
  ) {
    let isPushed = lane.reservations.push(
      Reservation(
        bid: token.bid, account: token.account, day: token.day, amount: amount,
        madeAt: market.now, time: token.madeAt, windowSeconds: window, capUser: user))
    precondition(isPushed)
    sequence += 1
  }

  // MARK: Notices

  private mutating func notify() {
    let other = (number + 1) % RaceMarket.workers
    if let token = market.heard[other].pop() { tokens.append(token) }
    guard lane.notices.hasRoom(for: 1), !tokens.isEmpty else { return }
    let index = Int(random.next() % UInt64(tokens.count))
    let token = tokens[index]
    let kind: NoticeKind
    switch random.next() % 10 {
    case 0...5: kind = .billing
    case 6: kind = .loss
    case 7: kind = .win
    case 8: kind = .click
    default:
      tokens.remove(at: index)
      return
    }
    if tokens.count > 200 || random.next() % 3 == 0 { tokens.remove(at: index) }
    send(kind, token)
  }

  /// Sends a notice by way of its URL.
  private mutating func send(_ kind: NoticeKind, _ token: NoticeToken) {
    path.removeAll()
    signer.sign(token)
    signer.appendPath(kind, to: &path)
    let query = Array("p=\(random.next() % 6).\(random.next() % 1_000_000)".utf8)
    guard let notice = Self.read(path, &signer),
      case .paid(let paid, _, let problem) = NoticePrice.read(
        query: query.rawSpan, token: notice.token)
    else {
      tally.failures += 1
      return
    }
    var connection: UInt64 = 0
    if kind == token.billOn {
      connections += 1
      connection = connections
      waiting[connection] = Waiting(
        paid: paid, madeAt: token.madeAt, wasLost: lost.contains(token.bid.sequence))
    }
    if kind == .loss { lost.insert(token.bid.sequence) }
    let isPushed = lane.notices.push(
      Notice(
        kind: notice.kind, token: notice.token, paid: paid, problem: problem, time: market.time,
        connection: connection))
    precondition(isPushed)
    wake.signal()
  }

  /// Reads a URL's path as a server does.
  private static func read(
    _ path: borrowing FixedBuffer, _ signer: inout NoticeSigner
  ) -> SignedNotice? {
    signer.read(path.bytes.slice(3, path.count - 3))
  }

  private mutating func takeAnswers() {
    market.signals[number].clear()
    while let answer = lane.answers.pop() {
      guard let notice = waiting.removeValue(forKey: answer.connection) else {
        tally.failures += 1
        continue
      }
      take(answer.result, of: notice)
    }
  }

  private mutating func take(_ result: NoticeResult, of notice: Waiting) {
    switch result {
    case .booked:
      tally.booked += notice.paid
      tally.bookings += 1
    case .late:
      tally.late += notice.paid
      tally.bookings += 1
      let isInWindow = market.milliseconds(since: notice.madeAt) < 900
      if isInWindow && !notice.wasLost { tally.overtaken += 1 }
    case .duplicate: tally.duplicates += 1
    default: tally.failures += 1
    }
  }

  private mutating func waitForAnswers() {
    guard var poller = try? Poller(capacity: 1),
      (try? poller.add(market.signals[number].descriptor, token: 0)) != nil
    else { return }
    _ = poller.wait(timeoutMilliseconds: 10)
    takeAnswers()
  }
}
