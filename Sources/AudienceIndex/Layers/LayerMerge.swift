/// The rows of several layers as one: of a user in several, the newest; ended memberships left out.
struct LayerMerge {
  private var state: StateCursor
  private let nowSeconds: UInt32
  private let keepsEmpty: Bool
  private var row: [Membership] = []
  /// Memberships that had ended.
  private(set) var membershipsDropped = 0
  /// Users all of whose memberships had ended.
  private(set) var usersDropped = 0

  /// - Parameters:
  ///   - layers: newest first.
  ///   - keepsEmpty: whether rows without memberships stay, because an older layer may still have
  ///     a row of the user.
  init(_ layers: [SharedLayer], nowSeconds: UInt32, keepsEmpty: Bool) {
    state = StateCursor(layers)
    self.nowSeconds = nowSeconds
    self.keepsEmpty = keepsEmpty
  }

  /// - Complexity: O(bytes).
  mutating func run(into builder: inout LayerBuilder) throws {
    while let user = state.key {
      _ = state.read(user, into: &row)
      let before = row.count
      row.removeAll { !$0.isLive(at: nowSeconds) }
      membershipsDropped += before - row.count
      if before > 0 && row.isEmpty { usersDropped += 1 }
      if keepsEmpty || !row.isEmpty { try builder.append(user, row) }
      state.advance(past: user)
    }
  }
}
