/// Who asks: the key that a request came with.
package struct Principal: Sendable, Hashable {
  /// The key's id, which is public; `token-file` for the first administrator, `configuration` for
  /// what the server itself changes at its start.
  package let keyID: String
  /// What people call it.
  package let name: String
  package let role: Role
  package let scope: AdvertiserScope

  package init(keyID: String, name: String, role: Role, scope: AdvertiserScope) {
    self.keyID = keyID
    self.name = name
    self.role = role
    self.scope = scope
  }

  /// The server itself, which ends what a crash interrupted.
  package static let server = Principal(
    keyID: "server", name: "server", role: .admin, scope: .all)

  /// Documents of the configuration, which are applied at start and at a reload.
  package static let configuration = Principal(
    keyID: "configuration", name: "configuration", role: .admin, scope: .all)

  /// Who asks without a key: nothing of any advertiser exists for them.
  package static let anonymous = Principal(
    keyID: "", name: "", role: .viewer, scope: .only([]))
}
