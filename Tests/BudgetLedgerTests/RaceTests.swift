import AuctionTypes
import FixedMemory
import Support
import Testing

@testable import BudgetLedger

/// What workers and the ledger's thread do at the same time, under `make race`.
@Suite struct RaceTests {
  private static let account = AccountID(rawValue: 1)
  private static let seed: UInt64 = 20_261_123

  @Test func escrowIsNeitherLostNorMade() async throws {
    let cells = EscrowCells(accounts: 4)
    // Put in less taken out, by each thread.
    let sums = AtomicArray(count: 4, padded: true)
    let takes = AtomicArray(count: 4, padded: true)
    let worker: @Sendable (Int) -> @Sendable (Race) -> Void = { number in
      { race in
        var random = SeededGenerator(seed: Self.seed + UInt64(number))
        while !race.isOver {
          Self.bid(cells, &random, sums, takes, number)
        }
      }
    }
    try await Race.run([
      worker(1), worker(2), worker(3),
      { race in
        var random = SeededGenerator(seed: Self.seed)
        var day: UInt16 = 100
        _ = cells.reset(Self.account, to: LocalDay(rawValue: day))
        while !race.isOver { Self.grant(cells, &random, sums, &day) }
      },
    ])
    let sum = (0..<4).reduce(Int64(0)) { $0 + Int64(bitPattern: sums.load($1)) }
    #expect(sum == cells.amount(of: Self.account).nanos, "seed \(Self.seed)")
    #expect((1..<4).contains { takes.load($0) > 0 })
  }

  /// Takes a bid's amount, and now and then gives it back.
  private static func bid(
    _ cells: EscrowCells, _ random: inout SeededGenerator, _ sums: AtomicArray,
    _ takes: AtomicArray, _ number: Int
  ) {
    let amount = Money(nanos: Int64(random.next() % 1_000))
    let day = cells.day(of: account)
    guard cells.covers(amount, account: account, day: day),
      cells.take(amount, account: account, day: day)
    else { return cells.report(shortfall: amount, account: account) }
    takes.addOwned(1, at: number)
    sums.addOwned(UInt64(bitPattern: -amount.nanos), at: number)
    if random.next() % 3 == 0, cells.give(amount, account: account, day: day) {
      sums.addOwned(UInt64(bitPattern: amount.nanos), at: number)
    }
  }

  /// What the ledger does with a cell.
  private static func grant(
    _ cells: EscrowCells, _ random: inout SeededGenerator, _ sums: AtomicArray,
    _ day: inout UInt16
  ) {
    let amount = Money(nanos: Int64(random.next() % 10_000))
    var change: Int64 = 0
    switch random.next() % 50 {
    case 0:
      day += 1
      change = -cells.reset(account, to: LocalDay(rawValue: day)).nanos
    case 1: change = -cells.withdraw(atMost: amount, account: account).nanos
    case 2: cells.set(.open, lowMark: amount, account: account)
    case 3:
      if cells.takeAttention(ofGroup: 0) != 0 { _ = cells.takeShortfall(of: account) }
    default:
      if cells.give(amount, account: account, day: LocalDay(rawValue: day)) {
        change = amount.nanos
      }
    }
    sums.addOwned(UInt64(bitPattern: change), at: 0)
  }

  @Test func noUserIsShownMoreThanTheCapAllows() async throws {
    let rule = CapRule(impressions: 5, periodSeconds: 3_600)
    let time = WallTime(milliseconds: 1_790_000_000_000)
    let users = 40
    let caps = CapTable(slots: 4_096)
    let shown = AtomicArray(count: users)
    let lanes = (0..<3).map { _ in RingQueue<UInt64>(capacity: 64) }
    let running = AtomicArray(count: 1)
    running.store(3, at: 0)
    let worker: @Sendable (Int) -> @Sendable (Race) -> Void = { number in
      { race in
        var random = SeededGenerator(seed: Self.seed + UInt64(number))
        while !race.isOver {
          let user = 1 + random.next() % UInt64(users)
          guard lanes[number].hasRoom(for: 1),
            caps.allows(rule, account: Self.account, user: user, at: time),
            caps.reserve(rule, account: Self.account, user: user, at: time)
          else { continue }
          _ = lanes[number].push(user)
        }
        running.add(.max, at: 0)
      }
    }
    try await Race.run([
      worker(0), worker(1), worker(2),
      { race in
        var random = SeededGenerator(seed: Self.seed)
        var isDrained = false
        while !isDrained {
          isDrained = running.load(0, ordering: .acquiring) == 0
          for lane in lanes {
            while let user = lane.pop() {
              isDrained = false
              if random.next() % 8 == 0 {
                caps.book(
                  rule, account: Self.account, user: user, madeAt: time, wasReserved: true)
                shown.add(1, at: Int(user) - 1)
              } else {
                caps.release(rule, account: Self.account, user: user, madeAt: time)
              }
            }
          }
        }
      },
    ])
    #expect(caps.evictions == 0)
    for user in 0..<users {
      // What is left of each cap is there to be used, and no more.
      var more = 0
      while caps.reserve(rule, account: Self.account, user: UInt64(user + 1), at: time) {
        more += 1
      }
      #expect(Int(shown.load(user)) + more == 5, "seed \(Self.seed), user \(user)")
    }
  }

  @Test func aNoticeNeverOvertakesItsReservation() async throws {
    // Worker 0 bids, worker 1 hears of it, the ledger reads both lanes.
    let lanes = [LedgerLane(), LedgerLane()]
    let heard = RingQueue<UInt64>(capacity: 16)
    let figures = AtomicArray(count: 3)
    try await Race.run([
      { race in
        var sequence: UInt64 = 0
        while !race.isOver {
          guard heard.hasRoom(for: 1), lanes[0].reservations.push(Self.reservation(sequence))
          else { continue }
          _ = heard.push(sequence)
          sequence += 1
        }
      },
      { race in
        while !race.isOver {
          guard lanes[1].notices.hasRoom(for: 1), let sequence = heard.pop() else { continue }
          _ = lanes[1].notices.push(Self.notice(sequence))
        }
      },
      { race in
        var reserved: UInt64 = 0
        while !race.isOver {
          let end = lanes[1].notices.end
          while let reservation = lanes[0].reservations.pop() {
            if reservation != Self.reservation(reserved) { figures.add(1, at: 0) }
            reserved += 1
          }
          while let notice = lanes[1].notices.pop(before: end) {
            if notice.token.bid.sequence >= reserved { figures.add(1, at: 1) }
            figures.add(1, at: 2)
          }
        }
      },
    ])
    #expect(figures.load(0) == 0)
    #expect(figures.load(1) == 0)
    #expect(figures.load(2) > 0)
  }

  private static func reservation(_ sequence: UInt64) -> Reservation {
    Reservation(
      bid: BidNumber(boot: 1, worker: 0, sequence: sequence), account: account,
      day: LocalDay(rawValue: 7), amount: Money(nanos: Int64(sequence)),
      madeAt: Instant(nanoseconds: sequence), time: WallTime(milliseconds: Int64(sequence)),
      windowSeconds: 60)
  }

  private static func notice(_ sequence: UInt64) -> Notice {
    var token = TokenSamples.token()
    token.bid.sequence = sequence
    return Notice(
      kind: .billing, token: token, paid: .zero, problem: .none, time: token.madeAt,
      connection: sequence)
  }
}
