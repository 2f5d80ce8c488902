/// A place in the records of several layers together: of a user in several, the newest counts.
struct StateCursor {
  private var cursors: [RecordCursor]

  /// - Parameter layers: newest first.
  init(_ layers: [SharedLayer]) {
    cursors = layers.map { RecordCursor($0) }
  }

  /// The lowest key that any layer stands at; nil past the last.
  ///
  /// - Complexity: O(layers).
  var key: UserKey? {
    var lowest: UserKey?
    for cursor in cursors {
      guard let key = cursor.key else { continue }
      if lowest.map({ key < $0 }) ?? true { lowest = key }
    }
    return lowest
  }

  /// Goes to the first key at or after one, in all layers; never back.
  mutating func seek(_ target: UserKey) {
    for index in cursors.indices { cursors[index].seek(target) }
  }

  /// Reads the row of a key that it stands at; false when no layer has one.
  func read(_ key: UserKey, into memberships: inout [Membership]) -> Bool {
    for cursor in cursors where cursor.key == key {
      cursor.read(into: &memberships)
      return true
    }
    memberships.removeAll(keepingCapacity: true)
    return false
  }

  /// Goes past a key, in all layers that stand at it.
  mutating func advance(past key: UserKey) {
    for index in cursors.indices where cursors[index].key == key { cursors[index].advance() }
  }
}
