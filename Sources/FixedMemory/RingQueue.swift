import Synchronization

/// A queue of plain values from one thread to one other, of fixed capacity, without locks.
///
/// Positions count from zero and never wrap: a consumer may look at ``end`` of several queues first
/// and then take up to there, so that it knows what was there at one moment.
@safe @usableFromInline
package final class RingQueue<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Safety: a slot is written by the producer before it moves `tail` past it, and read by the
  // consumer before it moves `head` past it; each index is masked into the allocation.
  @usableFromInline let slots: UnsafeMutablePointer<Element>
  @usableFromInline let mask: Int
  /// Cell 0: the next position to take. Cell 1: the next position to fill. A line each.
  @usableFromInline let positions: AtomicArray
  /// The most elements that wait at a time.
  @usableFromInline package let capacity: Int

  /// - Precondition: the capacity is a power of two.
  package init(capacity: Int) {
    precondition(capacity > 0 && capacity & (capacity - 1) == 0)
    // Safety: owned here, freed in deinit.
    unsafe slots = .allocate(capacity: capacity)
    mask = capacity - 1
    self.capacity = capacity
    positions = AtomicArray(count: 2, padded: true)
  }

  deinit {
    // Safety: allocated in init; elements are trivial.
    unsafe slots.deallocate()
  }

  /// Puts an element behind the others; false, and nothing changes, when the queue is full. For the
  /// producer alone.
  @inlinable @inline(__always)
  package func push(_ element: Element) -> Bool {
    let tail = Int(bitPattern: UInt(positions.load(1)))
    let head = Int(bitPattern: UInt(positions.load(0, ordering: .acquiring)))
    guard tail &- head < capacity else { return false }
    // Safety: the slot is free, since the consumer has passed it, and the index is masked.
    unsafe (slots + (tail & mask)).initialize(to: element)
    positions.store(UInt64(tail &+ 1), at: 1)
    return true
  }

  /// Whether so many more elements fit. For the producer alone.
  @inlinable @inline(__always)
  package func hasRoom(for count: Int) -> Bool {
    let used = positions.load(1) &- positions.load(0, ordering: .acquiring)
    return Int(used) &+ count <= capacity
  }

  /// The position behind the last element that was put in; what the producer had done before is
  /// seen by whoever read it.
  @inlinable
  package var end: UInt64 { positions.load(1, ordering: .acquiring) }

  /// Takes the first element, unless it is at a position or behind; nil when there is none. For
  /// the consumer alone.
  @inlinable @inline(__always)
  package func pop(before end: UInt64 = .max) -> Element? {
    let head = positions.load(0)
    guard head < end, head < positions.load(1, ordering: .acquiring) else { return nil }
    // Safety: the producer has filled the slot, and the index is masked.
    let element = unsafe slots[Int(head) & mask]
    positions.store(head &+ 1, at: 0)
    return element
  }
}
