import Foundation
import Support

/// What a teller knows: the bids it was given, what is to be sent for them, and what went wrong.
struct TellerBook: Sendable {
  let plan: RigPlan
  /// How long a reservation waits, in seconds.
  let window: Double
  var random: SeededGenerator
  private(set) var bids: [RigBid] = []
  /// Sent as soon as a connection is free.
  private(set) var ready: [Shot] = []
  /// Sent at a time of the monotonic clock.
  private var later: [(at: Double, shot: Shot)] = []
  /// Bids that were booked and whose billing is repeated now and then.
  private var repeatable: [Int] = []
  /// Requests that got no bid.
  private(set) var noBids = 0
  /// Billing notices that were answered, doubles included.
  private(set) var answeredBillings = 0
  /// Billing notices that were sent again after they were answered.
  private(set) var repeats = 0
  /// Billing notices that were answered 503, to be sent again in the next run.
  private(set) var refused: [Shot] = []
  /// Whether the server may say that it cannot write.
  var allowsRefusals = false
  /// What was answered otherwise than it should have been, the first few in words.
  private(set) var faults: [String] = []
  private(set) var faultCount = 0
  private var nextRequest = 0

  init(plan: RigPlan, window: Double, seed: UInt64) {
    self.plan = plan
    self.window = window
    random = SeededGenerator(seed: seed)
  }

  /// Seconds of the monotonic clock.
  static var now: Double { ProcessInfo.processInfo.systemUptime }

  /// A bid request for one of the line items, in turns.
  mutating func bidRequest() -> [UInt8] {
    nextRequest += 1
    let domain = plan.entries[nextRequest % plan.entries.count].item.domain
    let body = """
      {"id":"r\(nextRequest)","tmax":1000,"at":1,"imp":[{"id":"1","banner":{"w":300,"h":250},\
      "bidfloor":0.01}],"site":{"domain":"\(domain)"}}
      """
    return Array(
      """
      POST /openrtb2/example HTTP/1.1\r\nHost: rig\r\nContent-Type: application/json\r\n\
      Content-Length: \(body.utf8.count)\r\n\r\n\(body)
      """.utf8)
  }

  /// Takes the answer of a bid request.
  mutating func take(_ answer: TellerConnection.Answer, requested: Double) {
    guard answer.status == 200 else {
      if answer.status == 204 { noBids += 1 } else { fault("a bid request got \(answer.status)") }
      return
    }
    do {
      let bid = try RigBid(
        response: answer.body, plan: plan, requested: requested, answered: Self.now)
      add(bid)
    } catch {
      fault("a bid that cannot be read: \(error)")
    }
  }

  private mutating func add(_ bid: RigBid) {
    var bid = bid
    guard
      let shots = ShotPlan(
        for: bid, index: bids.count, entry: plan.entries[bid.entry], window: window,
        random: &random)
    else { return }
    bid.paidNanos = shots.paidNanos
    bid.isRepeated = shots.isRepeated
    ready += shots.now
    later += shots.later.map { (bid.answered + $0.delay, $0.shot) }
    bids.append(bid)
  }

  /// Moves what has become due to what is ready.
  mutating func release(at now: Double, all: Bool = false) {
    guard later.contains(where: { all || $0.at <= now }) else { return }
    ready += later.filter { all || $0.at <= now }.map(\.shot)
    later.removeAll { all || $0.at <= now }
  }

  /// Whether there is nothing left to be sent, now or later.
  var isEmpty: Bool { ready.isEmpty && later.isEmpty }

  /// The next notice, any of those that are ready.
  mutating func nextShot(at now: Double) -> Shot? {
    guard !ready.isEmpty else { return nil }
    ready.swapAt(Int(random.next() % UInt64(ready.count)), ready.count - 1)
    let shot = ready.removeLast()
    switch shot.purpose {
    case .billing: bids[shot.bid].billed = bids[shot.bid].billed ?? now
    case .win: bids[shot.bid].won = bids[shot.bid].won ?? now
    case .loss: bids[shot.bid].lost = bids[shot.bid].lost ?? now
    case .harmless, .click, .forged: break
    }
    return shot
  }

  /// Takes the answer of a notice.
  mutating func take(_ status: Int, for shot: Shot) {
    if status == 503, allowsRefusals {
      refused.append(shot)
      return
    }
    guard status == shot.expectedStatus else {
      fault("\(shot.purpose) got \(status): \(shot.target)")
      return
    }
    ready += shot.next
    guard shot.isBilling else { return }
    answeredBillings += 1
    if bids[shot.bid].booked == nil {
      bids[shot.bid].booked = Self.now
      if bids[shot.bid].isRepeated { repeatable.append(shot.bid) }
    }
  }

  /// Sends again what nobody answered.
  mutating func retry(_ shot: Shot) { ready.append(shot) }

  /// Sends again what was answered 503.
  mutating func retryRefused() {
    ready += refused
    refused = []
  }

  /// Bills some bids anew that were answered before, of any age.
  mutating func repeatBillings(atMost count: Int) {
    for _ in 0..<min(count, repeatable.count) {
      let index = repeatable[Int(random.next() % UInt64(repeatable.count))]
      guard let targets = bids[index].targets else { continue }
      let price = ShotPlan.text(bids[index].priceMicros)
      ready.append(
        Shot(
          bid: index, purpose: .billing,
          target: targets.billing.replacingOccurrences(of: "${AUCTION_PRICE}", with: price)))
      repeats += 1
    }
  }

  /// Forgets the URLs that nothing will be sent for, but those of one booked bid in ten.
  mutating func forgetTargets() {
    repeatable.removeAll { $0 % 10 != 0 }
    let kept = Set(repeatable)
    for index in bids.indices where bids[index].targets != nil && !kept.contains(index) {
      bids[index].targets = nil
    }
  }

  /// Remembers that something was not as it should be.
  mutating func fault(_ text: String) {
    faultCount += 1
    if faults.count < 5 { faults.append(text) }
  }
}
