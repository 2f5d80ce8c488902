import AuctionTypes
import Foundation

extension AccessKey {
  private struct Members: Encodable {
    let id: String
    let name: String
    let role: String
    let advertisers: [String]?
    let revoked: Bool
    let rotatedAt: Int64?
    let previousUntil: Int64?

    private enum CodingKeys: String, CodingKey {
      case id, name, role, advertisers, revoked
      case rotatedAt = "rotated_at_ms"
      case previousUntil = "previous_until_ms"
    }
  }

  /// What the audit log keeps of it: nothing of its secret, nor of the secret's hash.
  func auditJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let members = Members(
      id: id, name: name, role: role.rawValue, advertisers: scope.advertisers,
      revoked: revokedAt != nil, rotatedAt: rotatedAt?.milliseconds,
      previousUntil: previousUntil?.milliseconds)
    return String(decoding: try encoder.encode(members), as: UTF8.self)
  }
}
