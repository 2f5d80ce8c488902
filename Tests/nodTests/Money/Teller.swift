import Foundation
import LinuxIO
import Support
import Synchronization

/// A thread of the exchange's side: asks for bids on a few connections, and tells of what became of
/// them on many others.
final class Teller: Sendable {
  /// How a run ends.
  enum End: Sendable {
    /// With the server, which closes every connection.
    case serverGone
    /// Once everything was sent and answered, without asking for new bids.
    case allAnswered
    /// Once so many more bids came and everything about them was sent and answered.
    case bids(Int)
    /// At a time of the monotonic clock.
    case time(Double)
  }

  /// How much is sent at a time.
  struct Pace: Sendable {
    var bidders = 3
    var firing = 40
    /// Notices that a connection sends before the first is answered.
    var depth = 5
    /// Notices that are kept back until ``Teller/hurry()``.
    var reserve = 0
  }

  private let book: Mutex<TellerBook>
  private let unansweredBillings = Atomic<Int>(0)
  private let readyNotices = Atomic<Int>(0)
  private let isHurried = Atomic<Bool>(false)
  private let isStopped = Atomic<Bool>(false)
  private let pace: Pace

  init(_ book: TellerBook, pace: Pace = Pace()) {
    self.book = Mutex(book)
    self.pace = pace
  }

  /// Billing notices that are sent and not answered now; any thread may ask.
  var inFlight: Int { unansweredBillings.load(ordering: .sequentiallyConsistent) }

  /// Notices that could be sent now; any thread may ask.
  var stock: Int { readyNotices.load(ordering: .sequentiallyConsistent) }

  /// Sends what was kept back.
  func hurry() { isHurried.store(true, ordering: .sequentiallyConsistent) }

  /// Ends the run under way.
  func stop() { isStopped.store(true, ordering: .sequentiallyConsistent) }

  /// What it knows; waits for the end of a run.
  func withBook<Result>(_ body: (inout TellerBook) throws -> Result) rethrows -> Result {
    try book.withLock { try body(&$0) }
  }

  /// Talks to a server until the end; what was not answered is sent again in the next run. Returns
  /// when the billing notices were sent that were not answered.
  @discardableResult
  func run(port: UInt16, until end: End) -> [Double] {
    isHurried.store(false, ordering: .sequentiallyConsistent)
    isStopped.store(false, ordering: .sequentiallyConsistent)
    return withBook { book in
      do {
        var session = try TellerSession(port: port, pace: pace)
        let wanted = book.bids.count + end.bids
        while !session.isOver(end, book, wanted: wanted) {
          if isStopped.load(ordering: .sequentiallyConsistent) { break }
          let asks = book.bids.count < wanted
          let holds = asks && !isHurried.load(ordering: .sequentiallyConsistent)
          session.step(&book, asks: asks, reserve: holds ? pace.reserve : 0)
          unansweredBillings.store(session.unanswered, ordering: .sequentiallyConsistent)
          readyNotices.store(book.ready.count, ordering: .sequentiallyConsistent)
        }
        return session.close(&book)
      } catch {
        // One that is late to a server that is to be killed finds it gone.
        if case .serverGone = end { return [] }
        book.fault("no connection: \(error)")
        return []
      }
    }
  }
}

extension Teller.End {
  /// How many more bids are asked for.
  var bids: Int {
    switch self {
    case .serverGone, .time: 1 << 40
    case .allAnswered: 0
    case .bids(let count): count
    }
  }
}

/// The connections of a teller to one server.
private struct TellerSession: ~Copyable {
  private var poller: Poller
  private let bidders: [TellerConnection]
  private let firing: [TellerConnection]
  private let depth: Int
  /// Billing notices that wait for their answer.
  private(set) var unanswered = 0
  /// When those were sent that were left without one.
  private var abandoned: [Double] = []
  private var open: Int

  init(port: UInt16, pace: Teller.Pace) throws {
    let poller = try Poller()
    var connections: [TellerConnection] = []
    for token in 0..<(pace.bidders + pace.firing) {
      connections.append(try TellerConnection(port: port, poller: poller, token: token))
    }
    bidders = Array(connections.prefix(pace.bidders))
    firing = Array(connections.dropFirst(pace.bidders))
    open = connections.count
    depth = pace.depth
    self.poller = poller
  }

  func isOver(_ end: Teller.End, _ book: borrowing TellerBook, wanted: Int) -> Bool {
    if open == 0 { return true }
    return switch end {
    case .serverGone: false
    case .allAnswered, .bids:
      book.bids.count >= wanted && book.isEmpty && firing.allSatisfy { $0.errands.isEmpty }
    case .time(let time): TellerBook.now >= time
    }
  }

  /// Sends what may be sent, waits a little, and takes the answers.
  mutating func step(_ book: inout TellerBook, asks: Bool, reserve: Int) {
    let now = TellerBook.now
    book.release(at: now)
    if asks { ask(&book, now) }
    fire(&book, now, reserve)
    for index in 0..<poller.wait(timeoutMilliseconds: 2) {
      let token = Int(poller.event(at: index).token)
      receive(token < bidders.count ? bidders[token] : firing[token - bidders.count], &book)
    }
  }

  private func ask(_ book: inout TellerBook, _ now: Double) {
    for connection in bidders where connection.errands.isEmpty && !connection.isBroken {
      connection.send(book.bidRequest(), for: .bid(requested: now))
    }
  }

  /// One notice for each connection in turn, so that those of a bid travel apart.
  private mutating func fire(_ book: inout TellerBook, _ now: Double, _ reserve: Int) {
    for level in 0..<depth {
      for connection in firing where connection.errands.count == level && !connection.isBroken {
        guard book.ready.count > reserve, let shot = book.nextShot(at: now) else { return }
        if shot.isBilling { unanswered += 1 }
        connection.send(shot.request, for: .notice(shot, sent: now))
      }
    }
  }

  private mutating func receive(_ connection: TellerConnection, _ book: inout TellerBook) {
    connection.receive()
    while let (errand, answer) = connection.nextAnswer() {
      switch errand {
      case .bid(let requested): book.take(answer, requested: requested)
      case .notice(let shot, _):
        if shot.isBilling { unanswered -= 1 }
        book.take(answer.status, for: shot)
      }
    }
    guard connection.hasEnded else { return }
    open -= 1
    connection.leave(poller)
    abandon(connection, &book)
  }

  private mutating func abandon(_ connection: TellerConnection, _ book: inout TellerBook) {
    for (shot, sent) in connection.abandonedShots() {
      if shot.isBilling { abandoned.append(sent) }
      book.retry(shot)
    }
  }

  /// Leaves every connection; returns when the billing notices without an answer were sent.
  mutating func close(_ book: inout TellerBook) -> [Double] {
    for connection in bidders + firing { abandon(connection, &book) }
    return abandoned
  }
}
