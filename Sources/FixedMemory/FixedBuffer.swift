/// Bytes of a fixed capacity that fill from the front: what a socket is read into and what an
/// answer is written to.
///
/// The memory is allocated once and zeroed. An append that does not fit changes nothing but sets
/// ``overflowed``, so a long run of appends is checked once, at its end.
@safe @usableFromInline
package struct FixedBuffer: ~Copyable, Sendable {
  // Safety: the memory is owned by this value alone, allocated in init and freed in deinit; every
  // access below is checked against `capacity`.
  @usableFromInline nonisolated(unsafe) let base: UnsafeMutableRawPointer
  /// The bytes that fit.
  @usableFromInline package let capacity: Int
  /// The bytes that are filled.
  @usableFromInline package private(set) var count: Int
  /// Whether an append did not fit since the last ``removeAll()``.
  @usableFromInline package private(set) var overflowed: Bool

  /// - Precondition: the capacity is positive.
  @inlinable
  package init(capacity: Int) {
    precondition(capacity > 0)
    // Safety: the allocation is owned by this value and freed in deinit.
    unsafe base = .allocate(byteCount: capacity, alignment: 64)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: capacity)
    self.capacity = capacity
    count = 0
    overflowed = false
  }

  @inlinable
  deinit {
    // Safety: allocated in init, and no span of it can outlive the value.
    unsafe base.deallocate()
  }

  /// The bytes that still fit.
  @inlinable package var freeCapacity: Int { capacity &- count }
  @inlinable package var isEmpty: Bool { count == 0 }

  /// The filled bytes.
  @inlinable
  package var bytes: RawSpan {
    @_lifetime(borrow self) get {
      // Safety: `count` bytes are initialised, and the span borrows this value.
      let span = unsafe RawSpan(_unsafeStart: base, byteCount: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Forgets all bytes.
  @inlinable @inline(__always)
  package mutating func removeAll() {
    count = 0
    overflowed = false
  }

  /// Forgets the bytes after the first `newCount`.
  @inlinable
  package mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  /// Drops bytes from the front and moves the rest there.
  ///
  /// - Complexity: O(bytes left).
  @inlinable
  package mutating func removeFirst(_ dropped: Int) {
    precondition(dropped >= 0 && dropped <= count)
    count &-= dropped
    // Safety: both ranges lie inside the filled part; memmove allows them to overlap.
    unsafe base.copyMemory(from: base + dropped, byteCount: count)
  }

  /// Lets a reader write into the free part and takes over the bytes it says it wrote.
  ///
  /// The body gets the free part and returns how many bytes it filled from its start.
  @unsafe @inlinable
  package mutating func fill(_ body: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    // Safety: the buffer is the free part of memory owned here; the result is checked against it.
    let filled = unsafe body(
      UnsafeMutableRawBufferPointer(start: base + count, count: freeCapacity))
    precondition(filled <= freeCapacity)
    if filled > 0 { count &+= filled }
    return filled
  }

  @inlinable @inline(__always)
  package mutating func append(_ byte: UInt8) {
    guard count < capacity else {
      overflowed = true
      return
    }
    // Safety: `count` is below the capacity.
    unsafe base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  /// Eight bytes, the lowest first.
  @inlinable @inline(__always)
  package mutating func append(word: UInt64) {
    guard freeCapacity >= 8 else {
      overflowed = true
      return
    }
    // Safety: eight bytes fit the free part.
    unsafe base.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
    count &+= 8
  }

  /// The lowest bytes of a word, the lowest first.
  ///
  /// - Precondition: at most 8 bytes.
  @inlinable @inline(__always)
  package mutating func append(word: UInt64, count bytes: Int) {
    precondition(bytes >= 0 && bytes <= 8)
    guard bytes <= freeCapacity else {
      overflowed = true
      return
    }
    let word = word.littleEndian
    // Safety: `bytes` fit the free part, and the word has as many.
    unsafe withUnsafeBytes(of: word) { from in
      unsafe (base + count).copyMemory(from: from.baseAddress!, byteCount: bytes)
    }
    count &+= bytes
  }

  /// - Complexity: O(bytes).
  @inlinable
  package mutating func append(_ source: RawSpan) {
    guard source.byteCount <= freeCapacity else {
      overflowed = true
      return
    }
    // Safety: the source's bytes fit the free part, and it cannot overlap memory borrowed mutably.
    unsafe source.withUnsafeBytes { from in
      guard let start = from.baseAddress else { return }
      unsafe (base + count).copyMemory(from: start, byteCount: from.count)
    }
    count &+= source.byteCount
  }

  /// Bytes with ASCII capitals as small letters.
  ///
  /// - Complexity: O(bytes), eight at a time.
  package mutating func append(lowercasing source: RawSpan) {
    guard source.byteCount <= freeCapacity else {
      overflowed = true
      return
    }
    var offset = 0
    while offset &+ 8 <= source.byteCount {
      append(word: source.word(at: offset).asciiLowercased)
      offset &+= 8
    }
    while offset < source.byteCount {
      append(source.byte(at: offset).asciiLowercased)
      offset &+= 1
    }
  }

  /// The filled bytes of another buffer.
  ///
  /// - Complexity: O(bytes).
  @inlinable
  package mutating func append(_ other: borrowing FixedBuffer) { append(other.bytes) }

  /// - Complexity: O(bytes).
  @inlinable @inline(__always)
  package mutating func append(_ literal: StaticString) {
    let length = literal.utf8CodeUnitCount
    guard length <= freeCapacity else {
      overflowed = true
      return
    }
    // Safety: a static string lives for the whole process; its bytes fit the free part.
    unsafe (base + count).copyMemory(from: literal.utf8Start, byteCount: length)
    count &+= length
  }

  /// A number in decimal digits.
  @inlinable
  package mutating func append(decimal value: UInt64) {
    var digits = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      digits &+= 1
    }
    guard digits <= freeCapacity else {
      overflowed = true
      return
    }
    rest = value
    var place = count &+ digits
    repeat {
      place &-= 1
      // Safety: `place` lies between the old count and the new one, which fits.
      unsafe base.storeBytes(
        of: UInt8(truncatingIfNeeded: 0x30 &+ rest % 10), toByteOffset: place, as: UInt8.self)
      rest /= 10
    } while place > count
    count &+= digits
  }

  /// Overwrites a filled byte.
  @inlinable
  package mutating func set(_ byte: UInt8, at offset: Int) {
    precondition(UInt(bitPattern: offset) < UInt(bitPattern: count))
    // Safety: the offset lies inside the filled part.
    unsafe base.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
  }
}
