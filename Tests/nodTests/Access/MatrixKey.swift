import ControlStore

/// A key of the matrix.
struct MatrixKey {
  /// Such as `trader of acme`.
  let label: String
  /// What is sent; nil without a key.
  let text: String?
  /// The cookie and the token of its session, where one was opened with it; then they are sent
  /// instead of the key.
  var session: [String]?
  /// Nil where it is not valid.
  let role: Role?
  /// Whose objects exist for it.
  let sees: Set<Tenant>

  /// The header fields that say who asks.
  var fields: [String] { session ?? text.map { ["Authorization: Bearer \($0)"] } ?? [] }
}
