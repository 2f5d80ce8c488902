import AuctionTypes
import BudgetLedger
import Testing

@testable import Journal

/// A start of a server that bids, is told of wins, billings and losses, and stops: what is done to
/// the disk meanwhile can be made to fail at any step.
struct LedgerScript {
  /// Bids whose billing notices were answered as booked.
  private(set) var booked: Set<UInt64> = []
  /// Bids whose billing notices were sent.
  private(set) var sent: [NoticeToken] = []
  /// Whether a notice was answered as booked after the journal had failed.
  private(set) var answeredAfterFailure = false
  private(set) var isWorking = true
  let fixture: LedgerFixture

  init(_ fixture: LedgerFixture) { self.fixture = fixture }

  /// Runs to the end, or to where the disk fails at the start.
  mutating func run(_ disk: any JournalDisk) throws {
    var loop = try fixture.loop(fixture.options(disk))
    guard try loop.adopt(LedgerFixture.plan()) != nil else {
      isWorking = loop.parts.requests.isWorking
      return
    }
    var sequence: UInt64 = 0
    for round in 0..<12 {
      fixture.advance(milliseconds: 11)
      var tokens: [NoticeToken] = []
      for _ in 0..<5 {
        sequence += 1
        if let token = fixture.bid(sequence) { tokens.append(token) }
      }
      for (index, token) in tokens.enumerated() { notify(token, index, round) }
      step(&loop)
    }
    let wasWorking = isWorking
    loop.finish()
    isWorking = loop.parts.requests.isWorking
    collect(wasWorking: wasWorking)
  }

  private mutating func notify(_ token: NoticeToken, _ index: Int, _ round: Int) {
    switch index {
    case 0: fixture.notify(token, .loss)
    case 1: return
    case 2: fixture.notify(token, .win)
    default: break
    }
    guard index > 1 else { return }
    sent.append(token)
    fixture.notify(token)
    // Exchanges repeat themselves.
    if round % 3 == 0 { fixture.notify(token) }
  }

  private mutating func step(_ loop: inout LedgerLoop) {
    let wasWorking = loop.parts.requests.isWorking
    loop.turn()
    isWorking = loop.parts.requests.isWorking
    collect(wasWorking: wasWorking)
  }

  private mutating func collect(wasWorking: Bool) {
    while let answer = fixture.lanes[0].answers.pop() {
      guard [.booked, .late, .duplicate].contains(answer.result) else { continue }
      if !wasWorking { answeredAfterFailure = true }
      booked.insert(answer.connection)
    }
  }

  /// Starts again on what a crash left and sends all notices anew: each bid is booked once in all,
  /// and what was answered as booked is a duplicate now.
  func check(_ disk: SimulatedDisk, _ place: String) throws {
    let reading = try LedgerReading(disk)
    #expect(reading.problems == [], "\(place)")
    let next = try LedgerFixture(boot: 2, milliseconds: 1_000)
    var loop = try next.loop(next.options(disk))
    _ = try loop.adopt(LedgerFixture.plan())
    for token in sent { next.notify(token) }
    loop.turn()
    let answers = next.answers()
    #expect(answers.count == sent.count, "\(place)")
    for token in sent {
      let result = answers[token.bid.sequence]
      let isBooked = booked.contains(token.bid.sequence)
      #expect(result == .duplicate || !isBooked && result == .booked, "\(place): \(result as Any)")
    }
    let nanos = sent.reduce(0) { $0 + LedgerFixture.paid($1).nanos }
    #expect(next.figures.settledNanos(LedgerFixture.account) == nanos, "\(place)")
    #expect(next.figures.notices(LedgerFixture.account) == sent.count, "\(place)")
    #expect(loop.ledger.verify() == [], "\(place)")
  }
}
