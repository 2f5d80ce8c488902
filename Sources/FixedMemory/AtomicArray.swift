import Synchronization

/// 64-bit cells that several threads read and write: counters, epochs, escrow.
///
/// With `padded`, each cell has a cache line of its own, so that cells of different writers do not
/// slow each other down.
@safe
package final class AtomicArray: Sendable {
  // Safety: the memory is allocated in init, freed in deinit, and only touched through atomics.
  @usableFromInline nonisolated(unsafe) let base: UnsafeMutablePointer<Atomic<UInt64>>
  @usableFromInline let stride: Int
  /// The number of cells.
  package let count: Int

  /// All cells zero.
  package init(count: Int, padded: Bool = false) {
    precondition(count > 0)
    self.count = count
    stride = padded ? 8 : 1
    let bytes = count * stride * MemoryLayout<Atomic<UInt64>>.stride
    // Safety: aligned to a cache line, bound once, zeroed cell by cell before anyone sees it.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe base = memory.bindMemory(to: Atomic<UInt64>.self, capacity: count * stride)
    for index in 0..<(count * stride) { unsafe (base + index).initialize(to: Atomic(0)) }
  }

  deinit {
    // Safety: allocated in init; atomics of integers need no destruction.
    unsafe base.deallocate()
  }

  @inlinable @inline(__always)
  package func load(_ index: Int, ordering: ReadOrdering = .relaxed) -> UInt64 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
    // Safety: the index was checked.
    switch ordering {
    case .acquiring: return unsafe base[index &* stride].load(ordering: .acquiring)
    case .sequentiallyConsistent:
      return unsafe base[index &* stride].load(ordering: .sequentiallyConsistent)
    case .relaxed: return unsafe base[index &* stride].load(ordering: .relaxed)
    }
  }

  /// Stores with release ordering.
  @inlinable @inline(__always)
  package func store(_ value: UInt64, at index: Int) {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
    // Safety: the index was checked.
    unsafe base[index &* stride].store(value, ordering: .releasing)
  }

  /// Adds to a cell that this thread alone writes: a plain load and store, no locked instruction.
  @inlinable @inline(__always)
  package func addOwned(_ value: UInt64, at index: Int) {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
    // Safety: the index was checked.
    let old = unsafe base[index &* stride].load(ordering: .relaxed)
    unsafe base[index &* stride].store(old &+ value, ordering: .relaxed)
  }

  /// Adds to a cell that several threads write.
  @inlinable @inline(__always)
  package func add(_ value: UInt64, at index: Int) {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
    // Safety: the index was checked.
    unsafe base[index &* stride].wrappingAdd(value, ordering: .relaxed)
  }
}

extension AtomicArray {
  /// How a read orders the reads after it.
  @frozen @usableFromInline
  package enum ReadOrdering: Sendable {
    case relaxed, acquiring, sequentiallyConsistent
  }
}
