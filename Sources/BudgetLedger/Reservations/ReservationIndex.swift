import FixedMemory

/// Finds the place of a bid by worker and sequence: open addressing, at most half full, memory
/// touched only as used.
///
/// A cell holds the sequence in its upper 40 bits and the place, counted from 1, in its lower 24.
struct ReservationIndex: ~Copyable {
  private let cells: AtomicArray
  private let mask: Int

  /// - Parameter capacity: how many bids there can be.
  init(capacity: Int) {
    var count = 2
    while count < 2 * capacity { count *= 2 }
    cells = AtomicArray(count: count)
    mask = count - 1
  }

  /// The place of a bid, or nil.
  ///
  /// - Complexity: O(1) on average.
  func place(of key: UInt64, in entries: borrowing FixedArray<ReservationEntry>) -> Int? {
    var index = home(of: key)
    while true {
      let cell = cells.load(index)
      if cell == 0 { return nil }
      let place = Int(cell & 0xFF_FFFF) - 1
      if cell >> 24 == key & (1 << 40 - 1), entries[place].key == key { return place }
      index = (index + 1) & mask
    }
  }

  /// - Precondition: the bid is not there yet, and there is room.
  func insert(_ key: UInt64, at place: Int, in entries: borrowing FixedArray<ReservationEntry>) {
    var index = home(of: key)
    while true {
      let cell = cells.load(index)
      if cell == 0 { break }
      let other = Int(cell & 0xFF_FFFF) - 1
      precondition(
        cell >> 24 != key & (1 << 40 - 1) || entries[other].key != key, "a bid reserves twice")
      index = (index + 1) & mask
    }
    cells.store(key << 24 | UInt64(place + 1), at: index)
  }

  /// Forgets a bid and moves what probed past it back.
  ///
  /// - Precondition: the bid is there.
  func remove(_ key: UInt64, at place: Int, in entries: borrowing FixedArray<ReservationEntry>) {
    let wanted = key << 24 | UInt64(place + 1)
    var hole = home(of: key)
    while cells.load(hole) != wanted { hole = (hole + 1) & mask }
    var index = (hole + 1) & mask
    while true {
      let cell = cells.load(index)
      if cell == 0 { break }
      let start = home(of: entries[Int(cell & 0xFF_FFFF) - 1].key)
      if (index &- start) & mask >= (index &- hole) & mask {
        cells.store(cell, at: hole)
        hole = index
      }
      index = (index + 1) & mask
    }
    cells.store(0, at: hole)
  }

  /// 32 bids of a worker that follow each other lie side by side, since they come one after the
  /// other: four lines and at most two pages for all of them.
  private func home(of key: UInt64) -> Int {
    var mixed = (key >> 5) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 32
    mixed &*= 0xD6E8_FEB8_6659_FD93
    return (Int(truncatingIfNeeded: mixed >> 32) &<< 5 | Int(key & 31)) & mask
  }
}
