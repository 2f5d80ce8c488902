import AuctionTypes
import FixedMemory

/// The bids of this start that wait for their notice, and for a while those that no longer do.
///
/// Entries lie in one slab that is touched only as it fills; each is in one list of the wheel, and
/// once resolved also in the list of those that are dropped first when the slab is full.
struct ReservationTable: ~Copyable {
  private var entries: FixedArray<ReservationEntry>
  private let index: ReservationIndex
  private var wheel: ExpiryWheel
  /// The first unused place, counted from 1.
  private var free: UInt32 = 0
  private var oldestResolved: UInt32 = 0
  private var newestResolved: UInt32 = 0
  /// Bids that wait for their notice.
  private(set) var liveCount = 0
  /// Bids that are remembered.
  private(set) var count = 0

  /// - Parameter origin: the start, by the monotonic clock in nanoseconds.
  init(capacity: Int, origin: Instant) {
    entries = FixedArray(capacity: capacity)
    index = ReservationIndex(capacity: capacity)
    wheel = ExpiryWheel(origin: origin.nanoseconds)
  }

  var capacity: Int { entries.capacity }

  /// The entry at a place.
  subscript(place: Int) -> ReservationEntry {
    get { entries[place] }
    _modify { yield &entries[place] }
  }

  /// The place of a bid that is remembered, or nil.
  func place(of bid: BidNumber) -> Int? {
    index.place(of: ReservationEntry.key(of: bid), in: entries)
  }

  /// Takes a live bid in; false, and nothing changes, when all places are taken by live ones.
  ///
  /// - Precondition: the bid is not there.
  mutating func insert(_ entry: ReservationEntry) -> Bool {
    guard let place = takePlace() else { return false }
    entries[place] = entry
    index.insert(entry.key, at: place, in: entries)
    wheel.link(place, in: &entries)
    liveCount += 1
    count += 1
    return true
  }

  /// Marks a live bid as resolved; it is kept until its end, or another that is given.
  ///
  /// - Precondition: the bid is live.
  mutating func resolve(
    _ place: Int, as state: ReservationEntry.State, keptUntil end: UInt64? = nil
  ) {
    precondition(entries[place].state == .live && state != .live)
    entries[place].state = state
    liveCount -= 1
    if let end { move(place, to: end) }
    entries[place].previousResolved = newestResolved
    entries[place].nextResolved = 0
    if newestResolved != 0 {
      entries[Int(newestResolved) - 1].nextResolved = UInt32(place + 1)
    } else {
      oldestResolved = UInt32(place + 1)
    }
    newestResolved = UInt32(place + 1)
  }

  /// Gives a bid another end.
  mutating func move(_ place: Int, to end: UInt64) {
    wheel.unlink(place, in: &entries)
    entries[place].expiresAt = end
    wheel.link(place, in: &entries)
  }

  /// Forgets a resolved bid.
  ///
  /// - Precondition: the bid is not live.
  mutating func remove(_ place: Int) {
    precondition(entries[place].state != .live)
    wheel.unlink(place, in: &entries)
    unlinkResolved(place)
    index.remove(entries[place].key, at: place, in: entries)
    entries[place].next = free
    free = UInt32(place + 1)
    count -= 1
  }

  /// A bid whose end has passed by at least a slot of the wheel; nil when there is none.
  mutating func due(at now: Instant) -> Int? { wheel.due(at: now.nanoseconds) }

  /// Calls for each live bid.
  ///
  /// - Complexity: O(places used).
  func forEachLive(_ body: (ReservationEntry) -> Void) {
    for place in entries.indices where entries[place].state == .live { body(entries[place]) }
  }

  private mutating func takePlace() -> Int? {
    if free == 0, entries.isFull, oldestResolved != 0 { remove(Int(oldestResolved) - 1) }
    if free != 0 {
      let place = Int(free) - 1
      free = entries[place].next
      return place
    }
    guard entries.append(.unused) else { return nil }
    return entries.count - 1
  }

  private mutating func unlinkResolved(_ place: Int) {
    let (next, previous) = (entries[place].nextResolved, entries[place].previousResolved)
    if next != 0 {
      entries[Int(next) - 1].previousResolved = previous
    } else {
      newestResolved = previous
    }
    if previous != 0 {
      entries[Int(previous) - 1].nextResolved = next
    } else {
      oldestResolved = next
    }
  }
}

extension ReservationEntry {
  /// What a place holds before it is used.
  fileprivate static var unused: ReservationEntry {
    ReservationEntry(
      Reservation(
        bid: BidNumber(boot: 0, worker: 0, sequence: 0), account: AccountID(rawValue: 0),
        day: LocalDay(rawValue: 0), amount: .zero, madeAt: Instant(nanoseconds: 0),
        time: WallTime(milliseconds: 0), windowSeconds: 0))
  }
}
