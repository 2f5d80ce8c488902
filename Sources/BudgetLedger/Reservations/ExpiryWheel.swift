import FixedMemory

/// Lists of reservations by the quarter second in which they end.
///
/// A slot is 2²⁸ ns, and the wheel is longer than the longest window, so a list holds one slot's.
struct ExpiryWheel: ~Copyable {
  private static let shift: UInt64 = 28
  private static let count = 1 << 19

  /// The first of each slot's list, counted from 1; memory that is touched only as slots are used.
  private let heads = AtomicArray(count: Self.count)
  /// The first slot that is not yet emptied.
  private var cursor: UInt64
  /// Reservations in all lists.
  private var linked = 0

  init(origin: UInt64) {
    cursor = origin >> Self.shift
  }

  /// Puts a reservation into the slot of its end.
  mutating func link(_ place: Int, in entries: inout FixedArray<ReservationEntry>) {
    let head = slot(of: entries[place].expiresAt)
    let first = UInt32(heads.load(head))
    entries[place].next = first
    entries[place].previous = 0
    if first != 0 { entries[Int(first) - 1].previous = UInt32(place + 1) }
    heads.store(UInt64(place + 1), at: head)
    linked += 1
  }

  /// Takes a reservation out of its slot, before its end is changed.
  mutating func unlink(_ place: Int, in entries: inout FixedArray<ReservationEntry>) {
    linked -= 1
    let (next, previous) = (entries[place].next, entries[place].previous)
    if next != 0 { entries[Int(next) - 1].previous = previous }
    if previous != 0 {
      entries[Int(previous) - 1].next = next
    } else {
      heads.store(UInt64(next), at: slot(of: entries[place].expiresAt))
    }
  }

  /// A reservation whose slot has passed, still linked; nil when there is none.
  ///
  /// - Complexity: O(slots passed since the last call), at most those of the wheel however far the
  ///   clock went.
  mutating func due(at now: UInt64) -> Int? {
    let end = now >> Self.shift
    while cursor < end {
      let first = heads.load(Int(cursor) & (Self.count - 1))
      if first != 0 { return Int(first) - 1 }
      // All that is linked lies within one turn of the wheel, so this ends within one.
      cursor = linked == 0 ? end : cursor + 1
    }
    return nil
  }

  /// What had ended before it came is in the list that is emptied next.
  private func slot(of end: UInt64) -> Int {
    Int(max(cursor, end >> Self.shift)) & (Self.count - 1)
  }
}
