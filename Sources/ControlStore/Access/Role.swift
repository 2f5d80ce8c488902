/// What a key may do; each role may do all that the ones before it may.
package enum Role: String, Sendable, CaseIterable, Comparable {
  /// Reads.
  case viewer
  /// Changes documents and uploads audiences.
  case trader
  /// Gives out keys and reads the audit log.
  case admin

  package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .viewer: 0
    case .trader: 1
    case .admin: 2
    }
  }
}
