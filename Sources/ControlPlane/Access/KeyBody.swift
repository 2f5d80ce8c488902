import ControlStore

/// A key as the API shows it.
struct KeyBody: Encodable, Sendable {
  let id: String
  let name: String
  let role: String
  /// Nil for all.
  let advertisers: [String]?
  let createdAt: String
  let createdBy: String
  let rotatedAt: String?
  let previousValidUntil: String?
  let lastUsedAt: String?
  let revokedAt: String?
  /// The key itself; only in the answer that makes it.
  let key: String?

  init(_ key: AccessKey, text: KeyText? = nil) {
    id = key.id
    name = key.name
    role = key.role.rawValue
    advertisers = key.scope.advertisers
    createdAt = key.createdAt.rfc3339
    createdBy = key.createdBy
    rotatedAt = key.rotatedAt?.rfc3339
    previousValidUntil = key.previousUntil?.rfc3339
    lastUsedAt = key.lastUsedAt?.rfc3339
    revokedAt = key.revokedAt?.rfc3339
    self.key = text?.text
  }

  private enum CodingKeys: String, CodingKey {
    case id, name, role, advertisers, key
    case createdAt = "created_at"
    case createdBy = "created_by"
    case rotatedAt = "rotated_at"
    case previousValidUntil = "previous_valid_until"
    case lastUsedAt = "last_used_at"
    case revokedAt = "revoked_at"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(name, forKey: .name)
    try container.encode(role, forKey: .role)
    // Null says "all", which a missing member would not.
    try container.encode(advertisers, forKey: .advertisers)
    try container.encode(createdAt, forKey: .createdAt)
    try container.encode(createdBy, forKey: .createdBy)
    try container.encode(rotatedAt, forKey: .rotatedAt)
    try container.encode(previousValidUntil, forKey: .previousValidUntil)
    try container.encode(lastUsedAt, forKey: .lastUsedAt)
    try container.encode(revokedAt, forKey: .revokedAt)
    try container.encodeIfPresent(key, forKey: .key)
  }
}
