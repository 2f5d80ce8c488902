import AuctionTypes
import Cryptography
import GRDB
import Synchronization

/// The keys: on the disk for good, and in memory so that a request's key is judged without it.
package final class KeyStore: Sendable {
  private let database: ControlDatabase
  private let keys: Mutex<[String: AccessKey]>

  package init(_ database: ControlDatabase) throws {
    self.database = database
    let live = try database.pool.read(KeyTable.live)
    keys = Mutex(Dictionary(uniqueKeysWithValues: live.map { ($0.id, $0) }))
  }

  /// What became of a wish to make one more key.
  package enum Creation: Sendable {
    case created(AccessKey, KeyText)
    /// There are as many already as there may be: in all, or within the scope of who asks.
    case tooMany(limit: Int)
  }

  /// A key that is not revoked.
  package func key(_ id: String) -> AccessKey? { keys.withLock { $0[id] } }

  /// The key that a text opens. An unknown id costs the work of a known one.
  package func key(opening text: KeyText, at time: WallTime) -> AccessKey? {
    let hash = text.hash
    let key = key(text.id)
    guard (key ?? Self.nobody).accepts(hash, at: time), let key else { return nil }
    return key
  }

  /// Keys behind one in the order of their creation; only those within a scope exist for it.
  ///
  /// - Complexity: O(keys). It blocks.
  package func page(
    after id: String?, of scope: AdvertiserScope, withRevoked: Bool, count: Int
  ) throws -> [AccessKey] {
    try database.pool.read { db in
      try KeyTable.page(after: id, of: scope, withRevoked: withRevoked, count: count, in: db)
    }
  }

  /// Makes a key. Its text is known to nobody but whoever gets it from here. It blocks.
  package func create(
    name: String, role: Role, scope: AdvertiserScope, _ write: KeyWrite
  ) throws -> Creation {
    let text = KeyText()
    let key = AccessKey(
      id: text.id, name: name, role: role, scope: scope, createdAt: write.time,
      createdBy: write.principal.keyID, hash: text.hash)
    do {
      _ = try change(write) { keys, db in
        if let limit = Self.limit(reachedBy: keys, for: write.principal.scope) {
          throw Full(limit: limit)
        }
        try KeyTable.insert(key, into: db)
        try AuditLog.append(write.entry("create", nil, key), to: db)
        return key
      }
      return .created(key, text)
    } catch let full as Full {
      return .tooMany(limit: full.limit)
    }
  }

  /// Ends the transaction of a key that finds no room.
  private struct Full: Error {
    let limit: Int
  }

  /// The limit that leaves no room for one more key; nil where there is room.
  private static func limit(
    reachedBy keys: [String: AccessKey], for scope: AdvertiserScope
  ) -> Int? {
    if keys.count >= StoreLimits.keys { return StoreLimits.keys }
    guard scope != .all else { return nil }
    let own = keys.values.count { scope.contains($0.scope) }
    return own >= StoreLimits.keysOfScope ? StoreLimits.keysOfScope : nil
  }

  /// Gives a key a new secret; the old one stays valid for a time. A secret that was still valid
  /// from the rotation before ends now. It blocks.
  /// - Returns: nil where no such key exists for the scope of who asks.
  package func rotate(
    _ id: String, graceSeconds: Int, _ write: KeyWrite
  ) throws -> (key: AccessKey, text: KeyText)? {
    let text = KeyText(newSecretFor: id)
    let until = WallTime(milliseconds: write.time.milliseconds + Int64(graceSeconds) * 1_000)
    let key = try replace(id, "rotate", write) { key in
      key.previousHash = graceSeconds > 0 ? key.hash : nil
      key.previousUntil = graceSeconds > 0 ? until : nil
      key.hash = text.hash
      key.rotatedAt = write.time
    }
    return key.map { ($0, text) }
  }

  /// Ends a key at once. It blocks.
  /// - Returns: whether such a key exists for the scope of who asks.
  package func revoke(_ id: String, _ write: KeyWrite) throws -> Bool {
    try replace(id, "revoke", write) { $0.revokedAt = write.time } != nil
  }

  /// Notes that a key was used, an hour at a time, and does not wait for the disk.
  package func noteUse(of id: String, at time: WallTime) {
    let hour = time.milliseconds - time.milliseconds % StoreLimits.lastUsedMilliseconds
    let isNews = keys.withLock { keys in
      guard let key = keys[id], (key.lastUsedAt?.milliseconds ?? 0) < hour else { return false }
      keys[id]?.lastUsedAt = WallTime(milliseconds: hour)
      return true
    }
    guard isNews else { return }
    // One that is lost is made up for in the next hour.
    database.pool.asyncWriteWithoutTransaction { db in
      try? KeyTable.setLastUse(WallTime(milliseconds: hour), of: id, in: db)
    }
  }

  private func replace(
    _ id: String, _ action: String, _ write: KeyWrite, _ change: (inout AccessKey) -> Void
  ) throws -> AccessKey? {
    try self.change(write) { keys, db in
      guard let before = keys[id], write.principal.scope.contains(before.scope) else { return nil }
      var key = before
      change(&key)
      try KeyTable.update(key, in: db)
      try AuditLog.append(write.entry(action, before, key), to: db)
      return key
    }
  }

  /// Changes a key on the disk and then in memory, one writer at a time.
  private func change(
    _ write: KeyWrite, _ body: ([String: AccessKey], Database) throws -> AccessKey?
  ) throws -> AccessKey? {
    try database.pool.writeWithoutTransaction { db in
      let known = keys.withLock { $0 }
      var changed: AccessKey?
      try db.inTransaction(.immediate) {
        changed = try body(known, db)
        return write.validateOnly ? .rollback : .commit
      }
      if let changed, !write.validateOnly {
        keys.withLock { $0[changed.id] = changed.revokedAt == nil ? changed : nil }
      }
      return changed
    }
  }

  /// What a secret is compared with where there is no key: a hash that nobody has a secret for.
  private static let nobody = AccessKey(
    id: "", name: "", role: .viewer, scope: .only([]), createdAt: WallTime(milliseconds: 0),
    createdBy: "", hash: .zero)
}
