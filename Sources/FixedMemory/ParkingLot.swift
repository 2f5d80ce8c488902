/// Some bytes that lie in a block of a ``ParkingLot``: a plain value that holds no pointer.
package struct ParkedBytes: Sendable, BitwiseCopyable {
  fileprivate var size = ParkingLot.BlockSize.none
  fileprivate var block: Int32 = 0
  fileprivate var start: Int32 = 0
  fileprivate var end: Int32 = 0

  /// No bytes and no block.
  package init() {}

  package var isEmpty: Bool { start == end }
  package var count: Int { Int(end &- start) }
}

/// Blocks of three sizes for bytes that must wait: parts of requests, answers not yet taken.
///
/// Bytes that grow move to a larger block; a block that is empty goes back at once.
package struct ParkingLot: ~Copyable, Sendable {
  private var small: BlockPool
  private var medium: BlockPool
  private var large: BlockPool

  /// Which of the pools a block is from.
  package enum BlockSize: UInt8, Sendable, BitwiseCopyable {
    case none, small, medium, large
  }

  /// How large the blocks of a size are and how many there may be.
  package struct Blocks: Sendable {
    package var bytes: Int
    package var count: Int

    package init(bytes: Int, count: Int) {
      self.bytes = bytes
      self.count = count
    }
  }

  /// - Precondition: the sizes rise and stay below 2 GiB.
  package init(small: Blocks, medium: Blocks, large: Blocks) {
    precondition(small.bytes < medium.bytes && medium.bytes < large.bytes)
    precondition(large.bytes <= Int(Int32.max))
    self.small = BlockPool(blockBytes: small.bytes, blockCount: small.count)
    self.medium = BlockPool(blockBytes: medium.bytes, blockCount: medium.count)
    self.large = BlockPool(blockBytes: large.bytes, blockCount: large.count)
  }

  /// The bytes parked, from the first that was not dropped.
  @_lifetime(borrow self)
  package func bytes(_ parked: ParkedBytes) -> RawSpan {
    let start = Int(parked.start)
    switch parked.size {
    case .none: preconditionFailure("no bytes are parked")
    case .small: return small.bytes(parked.block, from: start, count: parked.count)
    case .medium: return medium.bytes(parked.block, from: start, count: parked.count)
    case .large: return large.bytes(parked.block, from: start, count: parked.count)
    }
  }

  /// Parks a copy of some bytes; false where no block is free or none is large enough.
  ///
  /// - Precondition: nothing is parked there yet.
  /// - Complexity: O(bytes).
  package mutating func park(_ bytes: RawSpan, in parked: inout ParkedBytes) -> Bool {
    precondition(parked.size == .none)
    guard bytes.byteCount > 0 else { return true }
    guard take(atLeast: bytes.byteCount, for: &parked) else { return false }
    switch parked.size {
    case .none: break
    case .small: small.write(bytes, to: parked.block, at: 0)
    case .medium: medium.write(bytes, to: parked.block, at: 0)
    case .large: large.write(bytes, to: parked.block, at: 0)
    }
    parked.end = Int32(bytes.byteCount)
    return true
  }

  /// Parks a copy of a buffer's bytes behind an offset; false where no block is free or none is
  /// large enough.
  ///
  /// - Precondition: nothing is parked there yet.
  /// - Complexity: O(bytes).
  package mutating func park(
    _ buffer: borrowing FixedBuffer, from offset: Int, in parked: inout ParkedBytes
  ) -> Bool {
    park(buffer.bytes.slice(offset, buffer.count - offset), in: &parked)
  }

  /// Makes room for at least one more byte, in a larger block where need be; false where the
  /// bytes fill the largest, or no larger block is free.
  ///
  /// - Complexity: O(bytes) when they move.
  package mutating func makeRoom(for parked: inout ParkedBytes) -> Bool {
    if parked.start > 0 {
      move(parked, from: 0, to: -Int(parked.start), count: parked.count)
      parked.end &-= parked.start
      parked.start = 0
    }
    return Int(parked.end) < blockBytes(parked.size) || moveToLarger(&parked)
  }

  /// Whether the bytes end where their block does.
  package func isFull(_ parked: ParkedBytes) -> Bool {
    Int(parked.end) == blockBytes(parked.size)
  }

  /// Lets a reader write behind the bytes and takes over what it says it wrote.
  ///
  /// - Precondition: ``makeRoom(for:)`` was true.
  @unsafe
  package mutating func fill(
    _ parked: inout ParkedBytes, _ body: (UnsafeMutableRawBufferPointer) -> Int
  ) -> Int {
    let end = Int(parked.end)
    // Safety: the pool checks the block and what the body reports.
    let filled =
      switch parked.size {
      case .none: preconditionFailure("no block to fill")
      case .small: unsafe small.fill(parked.block, at: end, body)
      case .medium: unsafe medium.fill(parked.block, at: end, body)
      case .large: unsafe large.fill(parked.block, at: end, body)
      }
    if filled > 0 { parked.end &+= Int32(filled) }
    return filled
  }

  /// Moves some of the bytes to another place among them.
  ///
  /// - Complexity: O(`count`).
  package mutating func move(_ parked: ParkedBytes, from: Int, to: Int, count: Int) {
    let from = Int(parked.start) + from
    let to = Int(parked.start) + to
    precondition(from + count <= Int(parked.end) && to + count <= Int(parked.end))
    switch parked.size {
    case .none: preconditionFailure("no bytes are parked")
    case .small: small.move(parked.block, from: from, to: to, count: count)
    case .medium: medium.move(parked.block, from: from, to: to, count: count)
    case .large: large.move(parked.block, from: from, to: to, count: count)
    }
  }

  /// Forgets the first bytes, and gives the block back when none are left.
  package mutating func dropFirst(_ count: Int, of parked: inout ParkedBytes) {
    precondition(count >= 0 && count <= parked.count)
    parked.start &+= Int32(count)
    if parked.isEmpty { release(&parked) }
  }

  /// Forgets the bytes after the first `count`, of which there is at least one.
  package mutating func truncate(_ parked: inout ParkedBytes, to count: Int) {
    precondition(count > 0 && count <= parked.count)
    parked.end = parked.start &+ Int32(count)
  }

  /// Forgets all bytes and gives the block back.
  package mutating func release(_ parked: inout ParkedBytes) {
    switch parked.size {
    case .none: break
    case .small: small.give(parked.block)
    case .medium: medium.give(parked.block)
    case .large: large.give(parked.block)
    }
    parked = ParkedBytes()
  }

  private func blockBytes(_ size: BlockSize) -> Int {
    switch size {
    case .none: 0
    case .small: small.blockBytes
    case .medium: medium.blockBytes
    case .large: large.blockBytes
    }
  }

  /// Takes the smallest block that is free and large enough.
  private mutating func take(atLeast count: Int, for parked: inout ParkedBytes) -> Bool {
    if count <= small.blockBytes, let block = small.take() {
      parked.size = .small
      parked.block = block
    } else if count <= medium.blockBytes, let block = medium.take() {
      parked.size = .medium
      parked.block = block
    } else if count <= large.blockBytes, let block = large.take() {
      parked.size = .large
      parked.block = block
    } else {
      return false
    }
    return true
  }

  private mutating func moveToLarger(_ parked: inout ParkedBytes) -> Bool {
    var larger = ParkedBytes()
    guard take(atLeast: blockBytes(parked.size) + 1, for: &larger) else { return false }
    switch (parked.size, larger.size) {
    case (.small, .medium): Self.copy(from: small, parked, to: &medium, larger)
    case (.small, .large): Self.copy(from: small, parked, to: &large, larger)
    case (.medium, .large): Self.copy(from: medium, parked, to: &large, larger)
    default: break
    }
    larger.end = parked.end
    release(&parked)
    parked = larger
    return true
  }

  private static func copy(
    from source: borrowing BlockPool, _ old: ParkedBytes, to target: inout BlockPool,
    _ new: ParkedBytes
  ) {
    target.write(source.bytes(old.block, from: 0, count: old.count), to: new.block, at: 0)
  }
}
