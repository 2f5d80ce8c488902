extension Array where Element == UInt8 {
  /// The array's bytes: how the cold path hands bytes to what reads spans.
  @inlinable
  package var rawSpan: RawSpan {
    @_lifetime(borrow self) get {
      // Safety: a byte has no padding, so every byte of the span is initialised.
      unsafe span.bytes
    }
  }
}

extension InlineArray where Element == UInt8 {
  /// The array's bytes.
  @inlinable
  package var rawSpan: RawSpan {
    @_lifetime(borrow self) get {
      // Safety: a byte has no padding, so every byte of the span is initialised.
      unsafe span.bytes
    }
  }
}
