import CVector
import Glibc

/// Checked reads of a byte span: every read past its end is a precondition failure, so the targets
/// that parse peers' bytes need no unsafe code.
extension RawSpan {
  /// The byte at an offset.
  @inlinable @inline(__always)
  package func byte(at offset: Int) -> UInt8 {
    precondition(UInt(bitPattern: offset) < UInt(bitPattern: byteCount))
    // Safety: the offset was checked against the span's length.
    return unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }

  /// The byte at an offset, or another value where the span has ended.
  @inlinable @inline(__always)
  package func byte(at offset: Int, orAtEnd other: UInt8) -> UInt8 {
    guard UInt(bitPattern: offset) < UInt(bitPattern: byteCount) else { return other }
    // Safety: the offset was checked against the span's length.
    return unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }

  /// Two bytes at an offset, little-endian, of any alignment.
  @inlinable @inline(__always)
  package func halfWord(at offset: Int) -> UInt16 {
    precondition(offset >= 0 && offset <= byteCount &- 2)
    // Safety: both bytes lie inside the span.
    return unsafe UInt16(
      littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self))
  }

  /// Four bytes at an offset, little-endian, of any alignment.
  @inlinable @inline(__always)
  package func word32(at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset <= byteCount &- 4)
    // Safety: all four bytes lie inside the span.
    return unsafe UInt32(
      littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
  }

  /// Eight bytes at an offset, little-endian, of any alignment.
  @inlinable @inline(__always)
  package func word(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset <= byteCount &- 8)
    // Safety: all eight bytes lie inside the span.
    return unsafe UInt64(
      littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  /// The eight bytes before an offset and the eight from it on, each as of ``word(at:)``; nil where
  /// the span has not all of them.
  @inlinable @inline(__always)
  package func words(around offset: Int) -> (before: UInt64, after: UInt64)? {
    // How many offsets there are, from 8 on: one comparison tells, and a loop counts them once.
    let offsets = byteCount >= 16 ? byteCount &- 15 : 0
    guard UInt(bitPattern: offset &- 8) < UInt(bitPattern: offsets) else { return nil }
    // Safety: all sixteen bytes lie inside the span.
    let before = unsafe unsafeLoadUnaligned(
      fromUncheckedByteOffset: offset &- 8, as: UInt64.self)
    let after = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
    return (UInt64(littleEndian: before), UInt64(littleEndian: after))
  }

  /// Up to eight bytes at an offset, little-endian, zero where the span has ended.
  @inlinable @inline(__always)
  package func partialWord(at offset: Int) -> UInt64 {
    if offset >= 0 && offset <= byteCount &- 8 { return word(at: offset) }
    var value: UInt64 = 0
    var index = offset
    var shift: UInt64 = 0
    while index < byteCount && shift < 64 {
      value |= UInt64(byte(at: index)) << shift
      index &+= 1
      shift &+= 8
    }
    return value
  }

  /// The last eight bytes; of a shorter span all bytes, some of them twice, in an order that its
  /// length alone decides. So two spans of one length hold the same bytes if their whole words and
  /// these are the same.
  @inlinable @inline(__always)
  package var ending: UInt64 {
    let count = byteCount
    if count >= 8 { return word(at: count &- 8) }
    if count >= 4 { return UInt64(word32(at: 0)) | UInt64(word32(at: count &- 4)) &<< 32 }
    guard count > 0 else { return 0 }
    let middle = UInt64(byte(at: count &>> 1)) &<< 8
    return UInt64(byte(at: 0)) | middle | UInt64(byte(at: count &- 1)) &<< 16
  }

  /// A part of the span.
  @inlinable @inline(__always) @_lifetime(copy self)
  package func slice(_ offset: Int, _ count: Int) -> RawSpan {
    precondition(offset >= 0 && count >= 0 && count <= byteCount &- offset)
    return extracting(droppingFirst: offset).extracting(first: count)
  }

  /// A part of the span that a value names.
  @inlinable @inline(__always) @_lifetime(copy self)
  package func slice(_ part: ByteSlice) -> RawSpan {
    slice(Int(part.offset), Int(part.count))
  }

  /// Whether both spans hold the same bytes.
  ///
  /// - Complexity: O(`byteCount`).
  @inlinable
  package func equals(_ other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var offset = 0
    while offset &+ 8 < byteCount {
      if word(at: offset) != other.word(at: offset) { return false }
      offset &+= 8
    }
    return ending == other.ending
  }

  /// Whether the span, its ASCII capitals taken for small letters, holds the bytes of another one.
  ///
  /// - Complexity: O(`byteCount`).
  @inlinable
  package func equalsInLowerCase(_ other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var offset = 0
    while offset &+ 8 < byteCount {
      if word(at: offset).asciiLowercased != other.word(at: offset) { return false }
      offset &+= 8
    }
    return ending.asciiLowercased == other.ending
  }

  /// Has the processor fetch the cache line of a byte that is read soon; nothing past the end.
  @inline(__always)
  package func prefetch(at offset: Int) {
    guard UInt(bitPattern: offset) < UInt(bitPattern: byteCount) else { return }
    // Safety: the address lies inside the span, and nothing of it is read.
    unsafe withUnsafeBytes { unsafe nod_prefetch($0.baseAddress! + offset) }
  }

  /// Whether the span's first bytes are those of another one.
  ///
  /// - Complexity: O(bytes of the other).
  package func starts(with other: RawSpan) -> Bool {
    guard other.byteCount <= byteCount else { return false }
    // Safety: both spans have as many bytes as are compared.
    return unsafe withUnsafeBytes { own in
      unsafe other.withUnsafeBytes { start in
        guard let from = start.baseAddress, let to = own.baseAddress else { return true }
        return unsafe memcmp(to, from, start.count) == 0
      }
    }
  }

  /// Whether the span holds the bytes of a literal.
  ///
  /// - Complexity: O(`byteCount`).
  @inlinable
  package func equals(_ literal: StaticString) -> Bool {
    guard byteCount == literal.utf8CodeUnitCount else { return false }
    // Safety: a static string lives for the whole process; its count was compared.
    let other = unsafe UnsafeRawBufferPointer(
      start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    var offset = 0
    while offset < byteCount {
      let expected = unsafe other[offset]
      if byte(at: offset) != expected { return false }
      offset &+= 1
    }
    return true
  }

  /// Whether the span holds the literal's bytes, letters compared without case.
  ///
  /// - Complexity: O(`byteCount`).
  @inlinable
  package func equalsIgnoringCase(_ literal: StaticString) -> Bool {
    guard byteCount == literal.utf8CodeUnitCount else { return false }
    // Safety: a static string lives for the whole process; its count was compared.
    let other = unsafe UnsafeRawBufferPointer(
      start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    var offset = 0
    while offset < byteCount {
      let expected = unsafe other[offset].asciiLowercased
      if byte(at: offset).asciiLowercased != expected { return false }
      offset &+= 1
    }
    return true
  }

  /// The first place of a byte at or after an offset, or nil.
  ///
  /// - Complexity: O(`byteCount`), a word at a time.
  @inlinable
  package func firstOffset(of value: UInt8, from start: Int = 0) -> Int? {
    var offset = start
    let pattern = UInt64(value) &* 0x0101_0101_0101_0101
    while offset &+ 8 <= byteCount {
      let difference = word(at: offset) ^ pattern
      let hit =
        (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
      if hit != 0 { return offset &+ hit.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < byteCount {
      if byte(at: offset) == value { return offset }
      offset &+= 1
    }
    return nil
  }
}

extension UInt8 {
  /// The byte as a lower-case ASCII letter where it is an upper-case one.
  @inlinable @inline(__always)
  package var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension UInt64 {
  /// Each of the word's eight bytes as a lower-case ASCII letter where it is an upper-case one.
  @inlinable @inline(__always)
  package var asciiLowercased: UInt64 {
    let low = self & 0x7F7F_7F7F_7F7F_7F7F
    let fromA = low &+ 0x3F3F_3F3F_3F3F_3F3F
    let pastZ = low &+ 0x2525_2525_2525_2525
    return self | (fromA & ~pastZ & ~self & 0x8080_8080_8080_8080) &>> 2
  }
}
