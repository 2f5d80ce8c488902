/// Blocks of bytes of one size, taken and given back by number.
///
/// The address space is reserved at once; a block costs memory only from its first use. The block
/// given back last is taken first, so few blocks are ever touched.
@safe
package struct BlockPool: ~Copyable, Sendable {
  // Safety: the memory is owned by this value alone, allocated in init and freed in deinit; every
  // access below is checked against the block's bounds.
  private nonisolated(unsafe) let base: UnsafeMutableRawPointer
  /// The bytes of a block.
  package let blockBytes: Int
  /// The blocks there are.
  package let blockCount: Int
  private var free: FixedArray<Int32>
  private var untouched: Int32 = 0

  /// - Precondition: both are positive.
  package init(blockBytes: Int, blockCount: Int) {
    precondition(blockBytes > 0 && blockCount > 0 && blockCount <= Int(Int32.max))
    // Safety: the allocation is owned by this value and freed in deinit. Bytes are written before a
    // caller reads them, or are whatever the memory held.
    unsafe base = .allocate(byteCount: blockBytes * blockCount, alignment: 64)
    self.blockBytes = blockBytes
    self.blockCount = blockCount
    free = FixedArray(capacity: blockCount)
  }

  deinit {
    // Safety: allocated in init, and no span of it can outlive the value.
    unsafe base.deallocate()
  }

  /// The blocks that can still be taken.
  package var freeCount: Int { free.count + blockCount - Int(untouched) }

  /// A block for the caller alone, or nil when all are taken.
  package mutating func take() -> Int32? {
    if let block = free.popLast() { return block }
    guard untouched < blockCount else { return nil }
    defer { untouched += 1 }
    return untouched
  }

  /// Takes a block back; the caller gives each back once.
  package mutating func give(_ block: Int32) {
    precondition(block >= 0 && block < untouched)
    precondition(free.append(block), "a block was given back twice")
  }

  /// A part of a block.
  @_lifetime(borrow self)
  package func bytes(_ block: Int32, from offset: Int, count: Int) -> RawSpan {
    check(block, offset, count)
    // Safety: the part was checked, and the span borrows this value.
    let span = unsafe RawSpan(
      _unsafeStart: base + Int(block) * blockBytes + offset, byteCount: count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Writes bytes into a block.
  ///
  /// - Complexity: O(bytes).
  package mutating func write(_ source: RawSpan, to block: Int32, at offset: Int) {
    check(block, offset, source.byteCount)
    // Safety: the part was checked, and the source cannot overlap memory borrowed mutably.
    unsafe source.withUnsafeBytes { from in
      guard let start = from.baseAddress else { return }
      unsafe (base + Int(block) * blockBytes + offset).copyMemory(
        from: start, byteCount: from.count)
    }
  }

  /// Moves bytes inside a block; the two parts may overlap.
  ///
  /// - Complexity: O(`count`).
  package mutating func move(_ block: Int32, from: Int, to: Int, count: Int) {
    check(block, from, count)
    check(block, to, count)
    let start = unsafe base + Int(block) * blockBytes
    // Safety: both parts were checked; memmove allows them to overlap.
    unsafe (start + to).copyMemory(from: start + from, byteCount: count)
  }

  /// Lets a reader write into the rest of a block and returns what it says.
  ///
  /// - Precondition: the offset lies inside the block.
  @unsafe
  package mutating func fill(
    _ block: Int32, at offset: Int, _ body: (UnsafeMutableRawBufferPointer) -> Int
  ) -> Int {
    precondition(offset < blockBytes)
    check(block, offset, 0)
    let rest = blockBytes - offset
    // Safety: the buffer is the rest of a block owned here; the result is checked against it.
    let filled = unsafe body(
      UnsafeMutableRawBufferPointer(
        start: base + Int(block) * blockBytes + offset, count: rest))
    precondition(filled <= rest)
    return filled
  }

  private func check(_ block: Int32, _ offset: Int, _ count: Int) {
    precondition(block >= 0 && block < untouched)
    precondition(offset >= 0 && count >= 0 && count <= blockBytes - offset)
  }
}
