import ControlStore

/// A key of the matrix.
struct MatrixKey {
  /// Such as `trader of acme`.
  let label: String
  /// What is sent; nil without a key.
  let text: String?
  /// Nil where it is not valid.
  let role: Role?
  /// Whose objects exist for it.
  let sees: Set<Tenant>
}
