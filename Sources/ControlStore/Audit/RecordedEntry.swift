/// An entry of the audit log with its place in the chain.
package struct RecordedEntry: Sendable, Equatable {
  /// From 1, without a gap.
  package let sequence: Int64
  package let entry: AuditEntry
  /// Covers the entry, its place and all before it.
  package let hash: String
}
