/// A place in the records of one layer, which are read in the order of their keys.
struct RecordCursor {
  private let source: SharedLayer
  private let end: Int
  private var body = 0
  private var following: Int
  /// The key it stands at; nil past the last record.
  private(set) var key: UserKey?

  /// At the first record.
  init(_ source: SharedLayer) {
    self.source = source
    let extent = source.layer.header[.records]
    end = extent.offset + extent.count
    following = extent.offset
    advance()
  }

  /// Goes to the next record.
  mutating func advance() {
    guard following < end else {
      key = nil
      return
    }
    let head = source.layer.recordHead(at: following)
    key = head.key
    body = head.body
    following = head.end
  }

  /// Goes to the first record at or after a key; never back.
  ///
  /// - Complexity: O(log blocks) and the records of one block.
  mutating func seek(_ target: UserKey) {
    guard let key, key < target else { return }
    advance()
    guard let next = self.key, next < target else { return }
    let block = source.layer.recordBlock(for: target)
    if block > following {
      following = block
      advance()
    }
    while let key = self.key, key < target { advance() }
  }

  /// The memberships of the record it stands at.
  func read(into memberships: inout [Membership]) {
    source.layer.readMemberships(at: body, into: &memberships)
  }
}
