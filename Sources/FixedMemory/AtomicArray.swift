import Glibc
import Synchronization

/// 64-bit cells that several threads read and write: counters, epochs, escrow.
///
/// With `padded`, each cell has a cache line of its own, so that cells of different writers do not
/// slow each other down.
@safe @usableFromInline
package final class AtomicArray: Sendable {
  // Safety: the memory is allocated in init, freed in deinit, and only touched through atomics.
  @usableFromInline nonisolated(unsafe) let base: UnsafeMutablePointer<Atomic<UInt64>>
  // Safety: what calloc returned; freed once in deinit.
  nonisolated(unsafe) private let allocation: UnsafeMutableRawPointer
  @usableFromInline let stride: Int
  /// The number of cells.
  @usableFromInline package let count: Int

  /// All cells zero; memory of a large array is taken page by page as cells are first written.
  package init(count: Int, padded: Bool = false) {
    precondition(count > 0)
    self.count = count
    stride = padded ? 8 : 1
    let bytes = count * stride * MemoryLayout<Atomic<UInt64>>.stride
    // Safety: zeroed memory is a valid atomic of zero; aligned to a cache line within an allocation
    // that is a line longer.
    guard let memory = unsafe calloc(1, bytes + 64) else { preconditionFailure("out of memory") }
    unsafe allocation = memory
    let aligned = unsafe UnsafeMutableRawPointer(
      bitPattern: (UInt(bitPattern: memory) + 63) & ~63)!
    unsafe base = aligned.bindMemory(to: Atomic<UInt64>.self, capacity: count * stride)
  }

  deinit {
    // Safety: allocated in init; atomics of integers need no destruction.
    unsafe free(allocation)
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
  /// Puts a value in the place of an expected one; false, and nothing changes, when the cell holds
  /// another. Reads before and after stay on their side.
  @inlinable @inline(__always)
  package func exchange(_ expected: UInt64, for value: UInt64, at index: Int) -> Bool {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
    // Safety: the index was checked.
    return unsafe base[index &* stride].compareExchange(
      expected: expected, desired: value, ordering: .acquiringAndReleasing
    ).exchanged
  }

  /// As ``exchange(_:for:at:)``, in one order with all sequentially consistent reads: of two
  /// threads that each change a cell and then read the other's, one at least sees the other's
  /// change.
  @inlinable @inline(__always)
  package func exchangeInTotalOrder(
    _ expected: UInt64, for value: UInt64, at index: Int
  ) -> Bool {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
    // Safety: the index was checked.
    return unsafe base[index &* stride].compareExchange(
      expected: expected, desired: value, ordering: .sequentiallyConsistent
    ).exchanged
  }

  /// Puts a value into a cell and returns what it held.
  @inlinable @inline(__always)
  package func swap(_ value: UInt64, at index: Int) -> UInt64 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
    // Safety: the index was checked.
    return unsafe base[index &* stride].exchange(value, ordering: .acquiringAndReleasing)
  }

  /// Sets bits of a cell that several threads write.
  @inlinable @inline(__always)
  package func formUnion(_ bits: UInt64, at index: Int) {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
    // Safety: the index was checked.
    unsafe base[index &* stride].bitwiseOr(bits, ordering: .acquiringAndReleasing)
  }

  /// How a read orders the reads after it.
  @frozen @usableFromInline
  package enum ReadOrdering: Sendable {
    case relaxed, acquiring, sequentiallyConsistent
  }
}
