/// One dimension of targeting: an empty list allows everything.
package struct IncludeExclude<Value: Sendable & Equatable>: Sendable, Equatable {
  /// If not empty, one of these must be met.
  package let include: [Value]
  /// None of these may be met.
  package let exclude: [Value]

  /// A dimension of two lists.
  package init(include: [Value] = [], exclude: [Value] = []) {
    self.include = include
    self.exclude = exclude
  }

  /// Whether the dimension allows everything.
  package var isEmpty: Bool { include.isEmpty && exclude.isEmpty }
}
