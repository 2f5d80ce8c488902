import AuctionTypes
import Cryptography

/// A key without its secret, of which only the hash is known.
package struct AccessKey: Sendable {
  /// Public; names the key in the audit log.
  package let id: String
  /// What people call it.
  package let name: String
  package let role: Role
  package let scope: AdvertiserScope
  package let createdAt: WallTime
  /// The id of the key that made it.
  package let createdBy: String
  /// When its secret was last replaced.
  package internal(set) var rotatedAt: WallTime?
  /// The hour of its last use.
  package internal(set) var lastUsedAt: WallTime?
  /// When it ended.
  package internal(set) var revokedAt: WallTime?
  /// Until when the secret before the last rotation is valid as well.
  package internal(set) var previousUntil: WallTime?

  var hash: AuthenticationCode
  var previousHash: AuthenticationCode?

  /// Who asks with it.
  package var principal: Principal {
    Principal(keyID: id, name: name, role: role, scope: scope)
  }

  /// Whether a secret's hash opens it at a time. Both hashes are compared, in constant time.
  package func accepts(_ secret: AuthenticationCode, at time: WallTime) -> Bool {
    let isCurrent = hash.equals(secret)
    let isPrevious = (previousHash ?? .zero).equals(secret)
    guard revokedAt == nil else { return false }
    return isCurrent || isPrevious && previousHash != nil && time < previousUntil ?? time
  }
}

extension AdvertiserScope {
  /// The advertisers by name; nil for all of them.
  package var advertisers: [String]? {
    switch self {
    case .all: nil
    case .only(let advertisers): advertisers.sorted()
    }
  }

  /// The advertiser whose audit log tells of a key: the only one of its scope.
  package var soleAdvertiser: String? {
    advertisers.flatMap { $0.count == 1 ? $0.first : nil }
  }
}
