import FixedMemory
import LinuxIO

extension SuppressionTable {
  /// Writes a table of users and waits until it is on the disk; the file must not exist.
  ///
  /// - Complexity: O(n), 32 bytes of memory a user.
  static func write(_ users: [UserKey], to path: String) throws(FileError) {
    let slots = max(2, users.count * 2)
    var table = [UserKey?](repeating: nil, count: slots)
    for user in users {
      var slot = home(of: user, slots: slots)
      while let taken = table[slot], taken != user { slot = (slot + 1) % slots }
      precondition(table[slot] == nil, "a user stands twice among the suppressed")
      table[slot] = user
    }
    var body = ByteWriter()
    for user in table {
      body.append(word: user?.high ?? 0)
      body.append(word: user?.low ?? 0)
    }
    var head = ByteWriter()
    head.append(word: magic)
    head.append(word: version)
    head.append(word: UInt64(users.count))
    head.append(word: UInt64(slots))
    let bodySum = Checksum64.of(body.bytes.rawSpan)
    head.append(word: bodySum)
    head.pad(to: headerByteCount - 8)
    let headSum = Checksum64.of(head.bytes.rawSpan)
    head.append(word: headSum)
    let file = try File(path, .createNew)
    try file.write(head.bytes.rawSpan)
    try file.write(body.bytes.rawSpan)
    try file.sync()
  }

  /// All users in it.
  ///
  /// - Complexity: O(slots).
  var users: [UserKey] {
    let bytes = file.bytes
    var users: [UserKey] = []
    users.reserveCapacity(count)
    for slot in 0..<slotCount {
      let place = Self.headerByteCount + slot * 16
      let high = bytes.word(at: place)
      let low = bytes.word(at: place + 8)
      if high | low != 0 { users.append(UserKey(high: high, low: low)) }
    }
    return users
  }
}

/// A table that several views and the store hold.
final class SharedSuppression: Sendable {
  let table: SuppressionTable

  init(_ table: consuming SuppressionTable) { self.table = table }
}
