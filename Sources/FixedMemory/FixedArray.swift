import CVector

/// Plain values of a fixed capacity that fill from the front; allocated once.
///
/// Elements are bitwise copyable: nothing is retained, released or destroyed.
@safe @usableFromInline
package struct FixedArray<Element: BitwiseCopyable>: ~Copyable {
  // Safety: the memory is owned by this value alone, allocated in init and freed in deinit; every
  // access below is checked against `count` or `capacity`.
  @usableFromInline nonisolated(unsafe) let base: UnsafeMutablePointer<Element>
  /// The elements that fit.
  @usableFromInline package let capacity: Int
  /// The elements that are filled.
  @usableFromInline package private(set) var count: Int

  /// - Precondition: the capacity is positive.
  @inlinable
  package init(capacity: Int) {
    precondition(capacity > 0)
    // Safety: owned here, freed in deinit. Elements are written before `count` covers them.
    unsafe base = .allocate(capacity: capacity)
    self.capacity = capacity
    count = 0
  }

  /// Filled to its capacity with one value.
  @inlinable
  package init(repeating value: Element, count: Int) {
    self.init(capacity: count)
    // Safety: exactly the allocated elements are initialised, one alone and then each time as many
    // as there are: copies are fast in debug builds too.
    unsafe base.initialize(to: value)
    self.count = 1
    while self.count < count {
      let part = min(self.count, count &- self.count)
      unsafe (base + self.count).initialize(from: base, count: part)
      self.count &+= part
    }
  }

  /// Filled with the elements of an array; holds room for one where there are none.
  ///
  /// - Complexity: O(elements).
  @inlinable
  package init(copying elements: [Element]) {
    self.init(capacity: max(1, elements.count))
    for element in elements { append(element) }
  }

  @inlinable
  deinit {
    // Safety: allocated in init; elements are trivial, so nothing is to be destroyed.
    unsafe base.deallocate()
  }

  @inlinable package var isEmpty: Bool { count == 0 }
  @inlinable package var isFull: Bool { count == capacity }
  @inlinable package var indices: Range<Int> { 0..<count }

  /// The element at an index below ``count``.
  @inlinable
  package subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      // Safety: the index was checked.
      return unsafe base[index]
    }
    @inline(__always) _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      // Safety: the index was checked, and access to self is exclusive.
      yield unsafe &base[index]
    }
  }

  /// Has the processor fetch an element that is read soon; nothing where there is none.
  @inlinable @inline(__always)
  package func prefetch(_ index: Int) {
    guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return }
    // Safety: the address lies inside the memory, and nothing of it is read.
    unsafe nod_prefetch(base + index)
  }

  /// The filled elements.
  @inlinable
  package var span: Span<Element> {
    @_lifetime(borrow self) get {
      // Safety: `count` elements are initialised, and the span borrows this value.
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Adds an element; false, and nothing changes, when it is full.
  @inlinable @inline(__always) @discardableResult
  package mutating func append(_ element: Element) -> Bool {
    guard count < capacity else { return false }
    // Safety: `count` is below the capacity.
    unsafe (base + count).initialize(to: element)
    count &+= 1
    return true
  }

  /// Lets a writer write into the free part and takes over the elements it says it wrote.
  ///
  /// The body gets the free part and returns how many elements it filled from its start.
  @unsafe @inlinable
  package mutating func fill(_ body: (UnsafeMutableBufferPointer<Element>) -> Int) {
    // Safety: the free part of memory owned here; the result is checked against it.
    let free = capacity &- count
    let filled = unsafe body(UnsafeMutableBufferPointer(start: base + count, count: free))
    precondition(filled >= 0 && filled <= free)
    count &+= filled
  }

  /// Forgets all elements.
  @inlinable @inline(__always)
  package mutating func removeAll() { count = 0 }

  /// Forgets the elements after the first `newCount`.
  @inlinable
  package mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  /// Removes the last element and returns it, or nil when there is none.
  @inlinable
  package mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count &-= 1
    // Safety: the index was filled.
    return unsafe base[count]
  }
}

// Safety: the value owns its memory alone and gives it out only borrowed.
extension FixedArray: @unchecked Sendable where Element: Sendable {}
