import AuctionTypes
import BudgetLedger

/// The ledger's rules once more, in plain dictionaries: what it must answer and hold after every
/// event. How much is granted and when is the ledger's own choice, which is read from its records.
struct PlainLedger {
  struct Place: Hashable {
    var account: AccountID
    var day: LocalDay
  }

  struct Bid {
    var token: NoticeToken
    var amount: Int64
    /// By the monotonic clock.
    var expiresAt: UInt64
    /// By the wall clock.
    var until: WallTime
    var isLive = true
    var isLost = false
  }

  struct Apart {
    var place: Place
    var amount: Int64
    var until: WallTime
  }

  /// What survives a crash.
  struct Durable {
    var granted: [AccountID: Int64] = [:]
    var settled: [AccountID: Int64] = [:]
    var late: [AccountID: Int64] = [:]
    var notices: [AccountID: Int] = [:]
    var dayGranted: [Place: Int64] = [:]
    var daySettled: [Place: Int64] = [:]
    var dayLate: [Place: Int64] = [:]
    var booked: Set<BidNumber> = []
    var wins: [BidNumber: Apart] = [:]
    var pools: [UInt64: [Place: Int64]] = [:]
    var releaseAt: [UInt64: WallTime] = [:]
    var apart: [BidNumber: Apart] = [:]
    var horizon: Int64 = 0
  }

  var durable = Durable()
  /// As of the last commit.
  var committed = Durable()
  var bids: [BidNumber: Bid] = [:]
  var boot: UInt64
  /// A line item's campaign.
  var parents: [AccountID: AccountID] = [:]
  var budgets: [AccountID: BudgetPlan] = [:]

  // MARK: Tallies

  mutating func add(granted: Int64 = 0, settled: Int64 = 0, late: Int64 = 0, _ place: Place) {
    for account in [place.account, parents[place.account]!] {
      let other = Place(account: account, day: place.day)
      durable.granted[account, default: 0] += granted
      durable.settled[account, default: 0] += settled
      durable.late[account, default: 0] += late
      durable.dayGranted[other, default: 0] += granted
      durable.daySettled[other, default: 0] += settled
      durable.dayLate[other, default: 0] += late
    }
  }

  func reserved(_ account: AccountID, on day: LocalDay? = nil) -> Int64 {
    bids.values.reduce(0) { sum, bid in
      let isOf = bid.token.account == account || parents[bid.token.account] == account
      let isOn = day == nil || bid.token.day == day
      return sum + (bid.isLive && bid.token.bid.boot == boot && isOf && isOn ? bid.amount : 0)
    }
  }

  /// Held for earlier starts.
  func held(_ place: Place) -> Int64 {
    durable.pools.values.reduce(0) { $0 + ($1[place] ?? 0) }
      + durable.apart.values.reduce(0) { $0 + ($1.place == place ? $1.amount : 0) }
  }

  /// What bids may still be charged for in time, whatever start they are of.
  func outstanding(_ account: AccountID, on day: LocalDay?, at time: WallTime) -> Int64 {
    bids.values.reduce(0) { sum, bid in
      let isOf = bid.token.account == account || parents[bid.token.account] == account
      let isOn = day == nil || bid.token.day == day
      let isOpen =
        bid.isLive && !bid.isLost && !durable.booked.contains(bid.token.bid) && time <= bid.until
      return sum + (isOf && isOn && isOpen ? bid.amount : 0)
    }
  }

  // MARK: Records

  /// Takes in what the ledger chose to do; what is wrong with it, in words.
  mutating func note(_ record: JournalRecord, at time: WallTime) -> String? {
    switch record {
    case .grant(let grant):
      let place = Place(account: grant.account, day: grant.day)
      add(granted: grant.amount.nanos, place)
      return overGranted(place).map { "a grant takes \($0) over its budget" }
    case .returned(let part):
      add(granted: -part.amount.nanos, Place(account: part.account, day: part.day))
    case .winReleased(let bid):
      guard let apart = durable.apart.removeValue(forKey: bid) else { return "no such win" }
      guard apart.until < time else { return "a win is released early" }
      add(granted: -apart.amount, apart.place)
    case .poolReleased(let boot):
      guard let pool = durable.pools.removeValue(forKey: boot) else { return "no such pool" }
      guard durable.releaseAt[boot]! <= time else { return "a pool is released early" }
      for (place, amount) in pool { add(granted: -amount, place) }
    case .horizon(let seconds): durable.horizon = Int64(seconds)
    case .boot, .account, .creative, .exchange, .plan, .booked, .win: break
    }
    return nil
  }

  private func overGranted(_ place: Place) -> String? {
    for account in [place.account, parents[place.account]!] {
      let other = Place(account: account, day: place.day)
      let sum = durable.granted[account, default: 0] + durable.late[account, default: 0]
      if let total = budgets[account]?.total?.nanos, sum > total { return "\(account) in total" }
      let day = durable.dayGranted[other, default: 0] + durable.dayLate[other, default: 0]
      if let daily = budgets[account]?.daily?.nanos, day > daily { return "\(account) for a day" }
    }
    return nil
  }

  // MARK: Notices

  mutating func billed(_ token: NoticeToken, _ paid: Int64, _ now: UInt64, _ time: WallTime)
    -> NoticeResult
  {
    guard !durable.booked.contains(token.bid), let bid = bids[token.bid] else { return .duplicate }
    let place = Place(account: token.account, day: token.day)
    durable.booked.insert(token.bid)
    for account in [place.account, parents[place.account]!] {
      durable.notices[account, default: 0] += 1
    }
    if isInTime(bid, place, now, time) {
      add(granted: paid - bid.amount, settled: paid, place)
      bids[token.bid]!.isLive = false
      durable.wins[token.bid] = nil
      return .booked
    }
    if token.bid.boot == boot { bids[token.bid]!.isLive = false }
    durable.wins[token.bid] = nil
    add(late: paid, place)
    return .late
  }

  /// Also takes what is held for a bid of an earlier start.
  private mutating func isInTime(
    _ bid: Bid, _ place: Place, _ now: UInt64, _ time: WallTime
  ) -> Bool {
    let number = bid.token.bid
    if number.boot == boot { return bid.isLive && now <= bid.expiresAt }
    if let apart = durable.apart[number] {
      if time <= apart.until { durable.apart[number] = nil }
      return time <= apart.until
    }
    guard isInPool(bid, place, time) else { return false }
    durable.pools[number.boot]![place]! -= bid.amount
    dropEmptyPool(number.boot)
    return true
  }

  private func isInPool(_ bid: Bid, _ place: Place, _ time: WallTime) -> Bool {
    let end = bid.token.madeAt.milliseconds + Int64(bid.token.windowSeconds) * 1_000
    let there = durable.pools[bid.token.bid.boot]?[place] ?? 0
    return time.milliseconds <= end && there >= bid.amount
  }

  private mutating func dropEmptyPool(_ boot: UInt64) {
    durable.pools[boot] = durable.pools[boot]?.filter { $0.value > 0 }
    if durable.pools[boot]?.isEmpty == true { durable.pools[boot] = nil }
  }

  mutating func lost(_ token: NoticeToken, _ now: UInt64) -> NoticeResult {
    guard token.bid.boot == boot, let bid = bids[token.bid], bid.isLive, now <= bid.expiresAt,
      durable.wins[token.bid] == nil
    else { return .counted }
    bids[token.bid]!.isLive = false
    bids[token.bid]!.isLost = true
    return .released
  }

  mutating func won(_ token: NoticeToken, _ now: UInt64, _ time: WallTime) -> NoticeResult {
    guard let bid = bids[token.bid], !durable.booked.contains(token.bid) else { return .counted }
    let place = Place(account: token.account, day: token.day)
    let until = WallTime(
      milliseconds: time.milliseconds + Int64(token.windowSeconds) * 1_000)
    let win = Apart(place: place, amount: bid.amount, until: until)
    if token.bid.boot == boot {
      guard bid.isLive, now <= bid.expiresAt, durable.wins[token.bid] == nil else {
        return .counted
      }
      durable.wins[token.bid] = win
      bids[token.bid]!.expiresAt = now + UInt64(token.windowSeconds) * 1_000_000_000
    } else {
      guard durable.apart[token.bid] == nil, isInPool(bid, place, time) else { return .counted }
      durable.pools[token.bid.boot]![place]! -= bid.amount
      dropEmptyPool(token.bid.boot)
      durable.apart[token.bid] = win
    }
    bids[token.bid]!.until = until
    return .extended
  }

  /// Ends what has passed, as coarsely as the wheel does: by slots of 2²⁸ ns.
  mutating func expire(at now: UInt64) {
    for (number, bid) in bids
    where number.boot == boot && bid.isLive && bid.expiresAt >> 28 < now >> 28 {
      bids[number]!.isLive = false
    }
  }

  // MARK: Crashes

  /// What was not committed is lost; what escrow was left is held.
  mutating func crash(into next: UInt64, at time: WallTime, horizon: Int64) {
    durable = committed
    for (number, bid) in bids where !durable.booked.contains(number) {
      bids[number]!.isLive = true
      let win = durable.wins[number] ?? durable.apart[number]
      bids[number]!.until =
        win?.until
        ?? WallTime(
          milliseconds: bid.token.madeAt.milliseconds + Int64(bid.token.windowSeconds) * 1_000)
    }
    var pool: [Place: Int64] = [:]
    for (place, granted) in durable.dayGranted where parents[place.account] != nil {
      let left = granted - durable.daySettled[place, default: 0] - held(place)
      if left > 0 { pool[place] = left }
    }
    for (number, win) in durable.wins.sorted(by: { isBefore($0.key, $1.key) })
    where win.until >= time && pool[win.place, default: 0] >= win.amount {
      pool[win.place]! -= win.amount
      durable.apart[number] = win
    }
    durable.wins = [:]
    pool = pool.filter { $0.value > 0 }
    if !pool.isEmpty { durable.pools[boot] = pool }
    durable.releaseAt[boot] = WallTime(
      milliseconds: time.milliseconds + durable.horizon * 1_000)
    durable.horizon = horizon
    boot = next
  }

  private func isBefore(_ left: BidNumber, _ right: BidNumber) -> Bool {
    (left.boot, left.worker, left.sequence) < (right.boot, right.worker, right.sequence)
  }
}
