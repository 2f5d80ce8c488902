import FixedMemory

extension RawSpan {
  /// A copy of some bytes of the span.
  ///
  /// - Precondition: they lie in it.
  package func copied(from start: Int, count: Int) -> [UInt8] {
    precondition(start >= 0 && count >= 0 && start + count <= byteCount)
    // Safety: the range was checked, and the bytes are copied while the span is alive.
    return unsafe withUnsafeBytes { unsafe Array($0[start..<(start + count)]) }
  }
}
