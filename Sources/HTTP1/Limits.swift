/// What this target bounds, and why.
package enum HTTP1Limits {
  /// A request's head, its blank line included: exchanges send below 1 KiB.
  package static let headBytes = 16 << 10
  /// Bytes of a head that is known again: what exchanges send fits, and eight of them fit the
  /// first-level cache with room to spare.
  package static let repeatedHeadBytes = 1 << 10
  /// Digits of a length in such a head: no body is as long as a gigabyte.
  package static let repeatedDigits = 9
  /// Digits of a chunk's size: 32 bits are more than any body may have.
  package static let chunkSizeDigits = 8
  /// A chunk's size line with its extensions and line end: nobody sends extensions.
  package static let chunkLineBytes = 256
  /// All trailer fields of a chunked body with the blank line: they are read past.
  package static let trailerBytes = 4 << 10
}
