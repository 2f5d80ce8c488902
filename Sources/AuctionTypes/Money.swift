/// An amount in nano-units (1/1000 of a micro) of a currency's unit.
///
/// The cost of one impression at a ``CPM`` is the same number, so nothing is divided; 64 bits hold
/// 9.2e9 units.
@usableFromInline
package struct Money: Comparable, Hashable, Sendable, BitwiseCopyable {
  /// Billionths of a unit.
  @usableFromInline package var nanos: Int64

  @inlinable
  package init(nanos: Int64) { self.nanos = nanos }

  /// An amount of a document.
  ///
  /// - Precondition: at most 9.2e15 micros.
  @inlinable
  package init(micros: Int64) { nanos = micros * 1_000 }

  /// What one impression costs at a price.
  @inlinable
  package init(oneImpressionAt price: CPM) { nanos = price.micros }

  @inlinable package static var zero: Money { Money(nanos: 0) }

  /// For people and reports: rounded down, once an account.
  @inlinable package var micros: Int64 {
    nanos >= 0 ? nanos / 1_000 : (nanos - 999) / 1_000
  }

  @inlinable
  package static func < (left: Money, right: Money) -> Bool { left.nanos < right.nanos }

  @inlinable
  package static func + (left: Money, right: Money) -> Money {
    Money(nanos: left.nanos + right.nanos)
  }

  @inlinable
  package static func - (left: Money, right: Money) -> Money {
    Money(nanos: left.nanos - right.nanos)
  }

  @inlinable package static func += (left: inout Money, right: Money) { left = left + right }
  @inlinable package static func -= (left: inout Money, right: Money) { left = left - right }
}
