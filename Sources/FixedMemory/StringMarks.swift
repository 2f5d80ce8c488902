import CVector

/// What a scanner of JSON strings stops at in a window of 64 bytes: a bit for each byte, the lowest
/// for the first.
@frozen @usableFromInline
package struct StringMarks: Equatable, Sendable, BitwiseCopyable {
  /// The bytes of a window.
  @inlinable package static var windowBytes: Int { 64 }

  /// The quotes.
  @usableFromInline package var quotes: UInt64
  /// Backslashes, control characters below 0x20 and bytes that are not ASCII.
  @usableFromInline package var specials: UInt64
}

extension RawSpan {
  /// The marks of the window at an offset; none for bytes past the span's end.
  package func stringMarks(at offset: Int) -> StringMarks {
    precondition(offset >= 0 && offset < byteCount)
    // Safety: the offset lies inside the span, and no more is read than what follows it.
    return unsafe withUnsafeBytes { bytes in
      let marks = unsafe nod_mark_strings(
        bytes.baseAddress! + offset, min(byteCount &- offset, StringMarks.windowBytes))
      return StringMarks(quotes: marks.quotes, specials: marks.specials)
    }
  }
}

extension FixedArray where Element == UInt32 {
  /// Adds the places of the quotes of a text from an offset on, window by window up to the first
  /// that has specials or might not fit, and says where that is.
  ///
  /// - Complexity: O(bytes), 64 in a few instructions where the processor has AVX-512 or AVX2.
  package mutating func appendQuotes(of text: RawSpan, from start: Int) -> Int {
    precondition(start >= 0 && start <= text.byteCount && text.byteCount <= UInt32.max)
    let window = StringMarks.windowBytes
    // A window's places are written in groups, of which a last one is not all used.
    let room = (capacity &- count) / window &- 1
    let windows = min((text.byteCount &- start) / window, room)
    let rest = windows < room ? text.byteCount &- start &- windows &* window : 0
    guard windows > 0 || (rest > 0 && room > 0) else { return start }
    var passed = 0
    // Safety: the windows and the rest lie inside the span; their places and 64 more fit the free
    // part. Where fewer windows fit than there are, there is no rest.
    unsafe fill { places in
      unsafe text.withUnsafeBytes { bytes in
        var found = 0
        passed = unsafe nod_place_quotes(
          bytes.baseAddress! + start, windows, rest, UInt32(start), places.baseAddress!, &found)
        return found
      }
    }
    return min(start &+ passed &* window, text.byteCount)
  }
}
