import AuctionTypes

/// Which of 65,536 bids are booked: a sorted list while they are few, a bitmap from 4,096 on.
struct SettledChunk: Sendable, Equatable {
  /// From here on a bitmap is smaller than a list.
  static let mostListed = 4_096

  /// Sorted; empty once ``bitmap`` is in use.
  private(set) var list: [UInt16] = []
  /// 1,024 words, or none.
  private(set) var bitmap: [UInt64] = []
  /// When the newest of the bids was made.
  private(set) var newest = WallTime(milliseconds: .min)

  init() {}

  /// From a checkpoint; nil when the list is not sorted or the bitmap not whole.
  init?(list: [UInt16], bitmap: [UInt64], newest: WallTime) {
    guard zip(list, list.dropFirst()).allSatisfy({ $0 < $1 }), list.count < Self.mostListed,
      bitmap.isEmpty || bitmap.count == 1_024 && list.isEmpty
    else { return nil }
    self.list = list
    self.bitmap = bitmap
    self.newest = newest
  }

  func contains(_ id: UInt16) -> Bool {
    if !bitmap.isEmpty { return bitmap[Int(id) >> 6] >> UInt64(id & 63) & 1 == 1 }
    let place = firstPlace(notBelow: id)
    return place < list.count && list[place] == id
  }

  /// Adds a bid; false when it was there.
  mutating func insert(_ id: UInt16, madeAt time: WallTime) -> Bool {
    guard !contains(id) else { return false }
    newest = max(newest, time)
    if bitmap.isEmpty {
      list.insert(id, at: firstPlace(notBelow: id))
      if list.count == Self.mostListed { useBitmap() }
    } else {
      bitmap[Int(id) >> 6] |= 1 << UInt64(id & 63)
    }
    return true
  }

  private mutating func useBitmap() {
    bitmap = [UInt64](repeating: 0, count: 1_024)
    for id in list { bitmap[Int(id) >> 6] |= 1 << UInt64(id & 63) }
    list = []
  }

  private func firstPlace(notBelow id: UInt16) -> Int {
    if let last = list.last, last < id { return list.count }
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
