/// Why a journal or a checkpoint is not believed.
package struct LedgerDamage: Error, Equatable, CustomStringConvertible {
  /// For the operator.
  package let description: String

  package init(_ description: String) { self.description = description }
}
