import AuctionTypes

/// What earlier starts left in escrow: it waits for notices of their bids, and is then released.
struct HeldEscrow: Sendable {
  /// Whose escrow, and of which day.
  struct Place: Hashable, Sendable {
    let account: AccountID
    let day: LocalDay
  }

  /// All that one start left behind.
  struct Pool: Sendable, Equatable {
    var releaseAt: WallTime
    var amounts: [Place: Int64] = [:]
  }

  /// A bid that is won and not yet billed.
  struct Win: Sendable, Equatable {
    let place: Place
    let amount: Int64
    let until: WallTime
    /// Whether its amount is set apart from its start's pool.
    var isApart: Bool
  }

  /// By boot.
  var pools: [UInt64: Pool] = [:]
  /// Of earlier starts; and, while a journal is read, of the newest.
  var wins: [BidNumber: Win] = [:]

  /// Whether a bid's amount is still there at a time.
  func holds(_ token: NoticeToken, amount: Int64, at time: WallTime) -> Bool {
    if let win = wins[token.bid], win.isApart {
      return time <= win.until && win.amount >= amount
    }
    let end = token.madeAt.milliseconds &+ Int64(token.windowSeconds) * 1_000
    return time.milliseconds <= end
      && amountInPool(token.bid.boot, Place(account: token.account, day: token.day)) >= amount
  }

  func amountInPool(_ boot: UInt64, _ place: Place) -> Int64 {
    pools[boot]?.amounts[place] ?? 0
  }

  /// Takes an amount out of a pool; false, and nothing changes, when too little is there.
  mutating func take(_ amount: Int64, _ boot: UInt64, _ place: Place) -> Bool {
    let there = amountInPool(boot, place)
    guard there >= amount else { return false }
    pools[boot]?.amounts[place] = there == amount ? nil : there - amount
    if pools[boot]?.amounts.isEmpty == true { pools[boot] = nil }
    return true
  }

  /// Sets a won bid's amount apart from its start's pool, where that holds enough.
  mutating func setApart(_ bid: BidNumber) {
    guard let win = wins[bid], !win.isApart, take(win.amount, bid.boot, win.place) else { return }
    wins[bid]?.isApart = true
  }

  /// The start whose horizon has passed first, if one has.
  func poolDue(at time: WallTime) -> UInt64? {
    pools.filter { $0.value.releaseAt <= time }
      .min { ($0.value.releaseAt, $0.key) < ($1.value.releaseAt, $1.key) }?.key
  }
}
