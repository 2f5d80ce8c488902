/// The rates that an amount goes from one currency into another by, as a bid carries them.
@usableFromInline
package struct RatePair: Hashable, Sendable, BitwiseCopyable {
  /// Billionths of a US dollar for a unit of the currency converted from.
  @usableFromInline package let source: Int64
  /// Billionths of a US dollar for a unit of the currency converted into.
  @usableFromInline package let target: Int64

  @inlinable
  package init(source: Int64, target: Int64) {
    self.source = source
    self.target = target
  }

  /// The rates between equal currencies.
  @inlinable package static var same: RatePair { RatePair(source: 1, target: 1) }

  /// The amount in the target's currency, exact in 128 bits and rounded once; nil when it does not
  /// fit.
  ///
  /// - Precondition: the amount is not negative, and both rates are positive.
  package func convert(_ nanos: Int64, rounding: RateTable.Rounding) -> Int64? {
    if source == target { return nanos }
    let product = UInt64(nanos).multipliedFullWidth(by: UInt64(source))
    guard product.high < UInt64(target) else { return nil }
    let (quotient, remainder) = UInt64(target).dividingFullWidth(product)
    let rounded = rounding == .up && remainder > 0 ? quotient &+ 1 : quotient
    return rounded <= UInt64(Int64.max) ? Int64(rounded) : nil
  }
}
