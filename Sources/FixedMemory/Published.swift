import Synchronization

/// One value that one thread replaces and many read, without locks or reference counts.
///
/// Readers are numbered. A reader announces with ``enter(reader:)`` that it may be looking, reads
/// with ``withCurrent(_:)`` as often as it likes, and says with ``leave(reader:)`` that it keeps
/// nothing. A replaced value is freed once every reader has left or entered again since: quiescence
/// (the RCU of Linux, "epoch based reclamation").
///
/// Values are freed by the publisher, in ``publish(_:)`` and ``reclaim()``; a reader never frees.
@safe
package final class Published<Value: ~Copyable & Sendable>: @unchecked Sendable {
  /// The epoch that a reader shows while it holds nothing.
  @usableFromInline static var offline: UInt64 { .max }

  // Safety: the pointer is swapped atomically; what it points to is freed only when no reader is
  // left that may have loaded it.
  @usableFromInline let current: Atomic<UnsafeMutablePointer<Value>>
  @usableFromInline let epoch: Atomic<UInt64>
  @usableFromInline let readers: AtomicArray
  private let retired: Mutex<[Retired]>

  @safe private struct Retired {
    // Safety: owned by the list; freed once.
    nonisolated(unsafe) let pointer: UnsafeMutablePointer<Value>
    let epoch: UInt64
  }

  /// - Parameter readers: how many threads read, numbered from zero.
  package init(_ value: consuming Value, readers: Int) {
    // Safety: owned here until it is replaced or this object ends.
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: 1)
    unsafe pointer.initialize(to: value)
    unsafe current = Atomic(pointer)
    epoch = Atomic(1)
    self.readers = AtomicArray(count: max(1, readers), padded: true)
    for reader in 0..<max(1, readers) { self.readers.store(Self.offline, at: reader) }
    retired = Mutex([])
  }

  deinit {
    // Safety: nobody can read any more, so every value still held is freed once.
    let pointer = unsafe current.load(ordering: .acquiring)
    unsafe Self.free(pointer)
    retired.withLock { list in
      for entry in list { unsafe Self.free(entry.pointer) }
    }
  }

  /// Announces that the reader may look at the current value from here on.
  @inlinable
  package func enter(reader: Int) {
    readers.store(epoch.load(ordering: .acquiring), at: reader)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
  }

  /// Says that the reader keeps nothing.
  @inlinable
  package func leave(reader: Int) {
    readers.store(Self.offline, at: reader)
  }

  /// Lends the current value; the caller must have entered.
  @inlinable @inline(__always)
  package func withCurrent<Result, Failure: Error>(
    _ body: (borrowing Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Safety: the caller has entered, so the value is not freed before it leaves.
    try unsafe body(current.load(ordering: .acquiring).pointee)
  }

  /// Puts a value in the place of the current one and frees those that nobody can still see.
  package func publish(_ value: consuming Value) {
    // Safety: the new value is owned by `current`; the old one moves to the retired list.
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: 1)
    unsafe pointer.initialize(to: value)
    let old = unsafe current.exchange(pointer, ordering: .acquiringAndReleasing)
    let after = epoch.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
    retired.withLock { unsafe $0.append(Retired(pointer: old, epoch: after)) }
    reclaim()
  }

  /// Frees replaced values that nobody can still see; returns how many are left.
  ///
  /// - Complexity: O(readers × values left).
  @discardableResult
  package func reclaim() -> Int {
    retired.withLock { list in
      // Under the lock: readers looked at before another publisher's value came onto the list
      // would say nothing of it.
      atomicMemoryFence(ordering: .sequentiallyConsistent)
      var oldest = UInt64.max
      for reader in 0..<readers.count {
        oldest = min(oldest, readers.load(reader, ordering: .sequentiallyConsistent))
      }
      // Safety: every reader is offline or entered after the entry was replaced.
      list.removeAll { entry in
        guard entry.epoch <= oldest else { return false }
        unsafe Self.free(entry.pointer)
        return true
      }
      return list.count
    }
  }

  private static func free(_ pointer: UnsafeMutablePointer<Value>) {
    // Safety: called once for each pointer that init or publish allocated.
    unsafe pointer.deinitialize(count: 1)
    unsafe pointer.deallocate()
  }
}
