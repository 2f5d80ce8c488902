import Foundation
import Support

/// Decides what is sent for a bid: which notices, at which price, how often and when.
struct ShotPlan {
  /// Sent as soon as a connection is free, in any order.
  var now: [Shot] = []
  /// Sent so many seconds later.
  var later: [(delay: Double, shot: Shot)] = []
  /// What the billing notices ask to be booked, in nano-units of the account.
  var paidNanos: Int64 = 0
  /// Whether billings come again after they were answered.
  var isRepeated = false

  /// What the exchange puts in place of the price.
  private struct Price {
    let text: String
    /// What is booked, as a CPM in micros.
    let micros: Int64
  }

  private let bid: RigBid
  private let index: Int
  private let entry: RigPlan.Entry
  private let targets: RigBid.Targets

  init?(
    for bid: RigBid, index: Int, entry: RigPlan.Entry, window: Double,
    random: inout SeededGenerator
  ) {
    guard let targets = bid.targets else { return nil }
    self.bid = bid
    self.index = index
    self.entry = entry
    self.targets = targets
    switch entry.item.habit {
    case .paying:
      let price = Price(text: Self.text(bid.priceMicros), micros: bid.priceMicros)
      now = [billing(price)]
      paidNanos = bid.reservedNanos
    case .buying:
      if random.chance(0.18) { lose(&random) } else { buy(window: window, &random) }
    case .losing:
      if random.chance(0.95) { lose(&random) } else { buy(window: window, &random) }
    }
  }

  // MARK: Bids that are lost

  private mutating func lose(_ random: inout SeededGenerator) {
    let path = targets.loss
      .replacingOccurrences(of: "${AUCTION_PRICE}", with: Self.text(bid.priceMicros + 10_000))
      .replacingOccurrences(of: "${AUCTION_LOSS}", with: "102")
      .replacingOccurrences(of: "${AUCTION_MIN_TO_WIN}", with: Self.text(bid.priceMicros + 1))
    var loss = Shot(bid: index, purpose: .loss, target: path, isPost: random.chance(0.2))
    switch random.next() % 20 {
    case 0...5: return  // nothing is ever heard of it
    case 6:  // the exchange thinks better of it: owed, though late
      let price = clearing(&random)
      loss.next = [billing(price)]
      paidNanos = entry.nanos(ofMicros: price.micros)
      now = [loss]
    case 7: now = [loss, loss]
    default: now = [loss]
    }
  }

  // MARK: Bids that are bought

  private mutating func buy(window: Double, _ random: inout SeededGenerator) {
    let price = anyPrice(&random)
    paidNanos = entry.nanos(ofMicros: price.micros)
    isRepeated = random.chance(0.5)
    var main = billing(price, isPost: random.chance(0.3))
    if random.chance(0.1) { main.next.append(billing(changedPrice(price), .harmless)) }
    if random.chance(0.05) { main.next.append(lossAfterBilling()) }
    if random.chance(0.05) {
      main = Shot(
        bid: index, purpose: .harmless, target: billingTarget("AUDIT"), next: [main])
    }
    var shots = [main]
    if isRepeated, random.chance(0.4) { shots.append(billing(price)) }
    if random.chance(0.4) { shots.append(win(price)) }
    if random.chance(0.1), let click = targets.click {
      shots.append(Shot(bid: index, purpose: .click, target: click))
    }
    if random.chance(0.03) {
      shots.append(Shot(bid: index, purpose: .forged, target: forged(billingTarget(price.text))))
    }
    switch random.next() % 40 {
    case 0: later = shots.map { (window + 1.2, $0) }
    case 1...5: later = shots.map { (random.fraction() * 0.4, $0) }
    default: now = shots
    }
  }

  private func billing(
    _ price: Price, _ purpose: Shot.Purpose = .billing, isPost: Bool = false
  ) -> Shot {
    Shot(bid: index, purpose: purpose, target: billingTarget(price.text), isPost: isPost)
  }

  private func billingTarget(_ price: String) -> String {
    targets.billing.replacingOccurrences(of: "${AUCTION_PRICE}", with: price)
  }

  private func win(_ price: Price) -> Shot {
    Shot(
      bid: index, purpose: .win,
      target: targets.win.replacingOccurrences(of: "${AUCTION_PRICE}", with: price.text))
  }

  /// A loss after the bid was booked gives nothing back.
  private func lossAfterBilling() -> Shot {
    Shot(
      bid: index, purpose: .harmless,
      target: targets.loss.replacingOccurrences(of: "${AUCTION_LOSS}", with: "102"))
  }

  /// Another letter in the middle of the token.
  private func forged(_ target: String) -> String {
    var bytes = Array(target.utf8)
    let place = 20
    bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Prices

  private func anyPrice(_ random: inout SeededGenerator) -> Price {
    switch random.next() % 20 {
    case 0: Price(text: "${AUCTION_PRICE}", micros: bid.priceMicros)
    case 1: Price(text: "", micros: bid.priceMicros)
    case 2: Price(text: "-1.5", micros: bid.priceMicros)
    case 3: Price(text: Self.text(bid.priceMicros + 1), micros: bid.priceMicros)
    case 4: Price(text: "0", micros: 0)
    case 5...8: Price(text: Self.text(bid.priceMicros), micros: bid.priceMicros)
    default: clearing(&random)
    }
  }

  /// A price between nothing and the bid, a few with more than six decimals.
  private func clearing(_ random: inout SeededGenerator) -> Price {
    let micros = Int64(random.next() % UInt64(bid.priceMicros - 1)) + 1
    // The last digit is in a seventh place: it counts as a whole micro.
    return random.chance(0.1)
      ? Price(text: Self.text(micros - 1) + "3", micros: micros)
      : Price(text: Self.text(micros), micros: micros)
  }

  private func changedPrice(_ price: Price) -> Price {
    Price(text: Self.text(price.micros / 2 + 1), micros: price.micros)
  }

  /// A CPM with six decimals.
  static func text(_ micros: Int64) -> String {
    let digits = String(micros % 1_000_000)
    return "\(micros / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

extension SeededGenerator {
  /// A number from 0 to below 1.
  mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

  /// True in so many of a whole.
  mutating func chance(_ share: Double) -> Bool { fraction() < share }
}
