import AuctionTypes

/// The bids that are booked: by start, worker and 65,536 sequences a sparse bitmap, forgotten as a
/// whole once no notice of them can come any more.
struct SettledIDs: Sendable {
  /// Which bids a chunk is of.
  struct Key: Hashable, Sendable, Comparable {
    let boot: UInt64
    let worker: UInt8
    /// The sequence without its lower 16 bits.
    let block: UInt64

    init(boot: UInt64, worker: UInt8, block: UInt64) {
      self.boot = boot
      self.worker = worker
      self.block = block
    }

    init(_ bid: BidNumber) {
      self.init(boot: bid.boot, worker: bid.worker, block: bid.sequence >> 16)
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.boot, left.worker, left.block) < (right.boot, right.worker, right.block)
    }
  }

  private(set) var chunks: [Key: SettledChunk] = [:]
  /// Of bids made until then some are forgotten: none of them may be booked any more, even where
  /// notices are taken for longer now.
  private(set) var forgottenUntil = WallTime(milliseconds: .min)
  private let capacity: Int

  /// - Parameter capacity: chunks at a time.
  init(capacity: Int = LedgerLimits.settledChunks) { self.capacity = capacity }

  func contains(_ bid: BidNumber) -> Bool {
    chunks[Key(bid)]?.contains(UInt16(truncatingIfNeeded: bid.sequence)) ?? false
  }

  /// Remembers a booked bid; false when it was there.
  ///
  /// - Complexity: O(bids of the chunk), at most 4,096.
  mutating func insert(_ bid: BidNumber, madeAt time: WallTime) -> Bool {
    let key = Key(bid)
    if chunks[key] == nil, chunks.count >= capacity { forgetOldest() }
    return chunks[key, default: SettledChunk()].insert(
      UInt16(truncatingIfNeeded: bid.sequence), madeAt: time)
  }

  /// Forgets chunks whose bids were all made before a time.
  ///
  /// - Complexity: O(chunks).
  mutating func forget(madeBefore time: WallTime) {
    let old = chunks.filter { $0.value.newest < time }
    for (key, chunk) in old {
      forgottenUntil = max(forgottenUntil, chunk.newest)
      chunks[key] = nil
    }
  }

  /// Takes over from a checkpoint until when bids are forgotten.
  mutating func restore(forgottenUntil time: WallTime) { forgottenUntil = time }

  /// Takes a chunk over from a checkpoint; false when it is there already.
  mutating func restore(_ chunk: SettledChunk, _ key: Key) -> Bool {
    guard chunks.count < capacity else { return false }
    return chunks.updateValue(chunk, forKey: key) == nil
  }

  private mutating func forgetOldest() {
    let oldest = chunks.min { ($0.value.newest, $0.key) < ($1.value.newest, $1.key) }
    guard let oldest else { return }
    forgottenUntil = max(forgottenUntil, oldest.value.newest)
    chunks[oldest.key] = nil
  }
}
