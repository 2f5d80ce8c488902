/// A price per thousand impressions in micros of a currency's unit.
///
/// The same number is one impression's cost in nano-units (1/1000 of a micro), which is why nothing
/// in the ledger is ever divided.
@usableFromInline
package struct CPM: Comparable, Hashable, Sendable, BitwiseCopyable {
  /// Micros per thousand impressions.
  @usableFromInline package var micros: Int64

  @inlinable
  package init(micros: Int64) { self.micros = micros }

  @inlinable package static var zero: CPM { CPM(micros: 0) }

  @inlinable
  package static func < (left: CPM, right: CPM) -> Bool { left.micros < right.micros }
}
