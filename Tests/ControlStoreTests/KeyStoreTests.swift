import AuctionTypes
import GRDB
import Testing

@testable import ControlStore

@Suite struct KeyStoreTests {
  private let database: TemporaryDatabase
  private let store: KeyStore

  init() throws {
    database = try TemporaryDatabase()
    store = try KeyStore(database.database)
  }

  private static func write(
    at time: Int64 = 1, scope: AdvertiserScope = .all, validateOnly: Bool = false
  ) -> KeyWrite {
    KeyWrite(
      principal: Principal(keyID: "token-file", name: "t", role: .admin, scope: scope),
      requestID: "r", time: WallTime(milliseconds: time), validateOnly: validateOnly)
  }

  private func make(_ scope: AdvertiserScope = .all) throws -> (key: AccessKey, text: KeyText) {
    let creation = try store.create(name: "n", role: .trader, scope: scope, Self.write())
    guard case .created(let key, let text) = creation else { throw Refused() }
    return (key, text)
  }

  private struct Refused: Error {}

  private func opens(_ text: KeyText, at time: Int64 = 2) -> Bool {
    store.key(opening: text, at: WallTime(milliseconds: time)) != nil
  }

  @Test func opensWithItsTextAlone() throws {
    let (key, text) = try make(.only(["acme"]))
    let read = try #require(KeyText(text.text))
    #expect(read.id == key.id)
    #expect(opens(read))
    #expect(text.secret.utf8.count == 43)
    let other = try make().text
    for wrong in [
      "nod_\(key.id)_\(other.secret)", "nod_\(key.id)_\(text.secret)x",
      "nod_\(other.id)_\(text.secret)",
      "nod_000000000000_\(text.secret)", "nod_\(key.id)_\(text.secret.dropLast())",
    ] {
      #expect(!opens(try #require(KeyText(wrong))), "\(wrong)")
    }
  }

  @Test func leavesRoomForTheKeysOfOtherAdvertisers() throws {
    for _ in 0..<StoreLimits.keysOfScope { _ = try make(.only(["acme"])) }
    func canMake(_ advertiser: String, as scope: AdvertiserScope) throws -> Bool {
      let creation = try store.create(
        name: "n", role: .viewer, scope: .only([advertiser]),
        Self.write(scope: scope, validateOnly: true))
      guard case .tooMany(let limit) = creation else { return true }
      #expect(limit == StoreLimits.keysOfScope)
      return false
    }
    #expect(try !canMake("acme", as: .only(["acme"])))
    #expect(try !canMake("acme", as: .only(["acme", "zorg"])))
    #expect(try canMake("zorg", as: .only(["zorg"])))
    #expect(try canMake("acme", as: .all))
  }

  @Test(arguments: [
    "", "nod_", "nod_x_y", "nod_0123456789ab", "nod_0123456789ab_", "NOD_0123456789ab_x",
    "nod_0123456789abc_x", "0123456789ab_x",
  ])
  func knowsWhatIsNoKey(_ text: String) {
    #expect(KeyText(text) == nil)
  }

  @Test func keepsNoSecretOnTheDisk() throws {
    let text = try make().text
    let rotated = try #require(try store.rotate(text.id, graceSeconds: 5, Self.write())).text
    let rows = try database.pool.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM access_key").map { "\($0)" }
        + Row.fetchAll(db, sql: "SELECT * FROM audit").map { "\($0)" }
    }.joined()
    for secret in [text.secret, rotated.secret] { #expect(!rows.contains(secret)) }
    #expect(rows.contains(text.id))
  }

  @Test func comesBackFromTheDisk() throws {
    let kept = try make(.only(["acme", "globex"]))
    let revoked = try make()
    #expect(try store.revoke(revoked.key.id, Self.write()))
    let again = try KeyStore(database.database)
    let key = try #require(again.key(opening: kept.text, at: WallTime(milliseconds: 3)))
    #expect(key.principal == kept.key.principal)
    #expect(key.createdAt == kept.key.createdAt)
    #expect(key.createdBy == "token-file")
    #expect(again.key(opening: revoked.text, at: WallTime(milliseconds: 3)) == nil)
  }

  @Test func aRotatedSecretLastsForItsGrace() throws {
    let first = try make().text
    let second = try #require(
      try store.rotate(first.id, graceSeconds: 10, Self.write(at: 1_000))
    ).text
    #expect(second.id == first.id)
    #expect(opens(first, at: 10_999) && opens(second, at: 10_999))
    #expect(!opens(first, at: 11_000) && opens(second, at: 11_000))
    let third = try #require(
      try store.rotate(first.id, graceSeconds: 10, Self.write(at: 2_000))
    ).text
    #expect(!opens(first, at: 2_000) && opens(second, at: 2_000) && opens(third, at: 2_000))
    let fourth = try #require(
      try store.rotate(first.id, graceSeconds: 0, Self.write(at: 3_000))
    ).text
    #expect(!opens(second, at: 3_000) && !opens(third, at: 3_000) && opens(fourth, at: 3_000))
    #expect(try store.revoke(first.id, Self.write(at: 4_000)))
    #expect(!opens(fourth, at: 4_000))
    #expect(try store.rotate(first.id, graceSeconds: 0, Self.write()) == nil)
    #expect(try !store.revoke(first.id, Self.write()))
  }

  @Test func changesNothingThatIsOnlyValidated() throws {
    let text = try make().text
    let dry = Self.write(validateOnly: true)
    _ = try store.create(name: "n", role: .admin, scope: .all, dry)
    let rotated = try #require(try store.rotate(text.id, graceSeconds: 0, dry)).text
    #expect(try store.revoke(text.id, dry))
    #expect(opens(text) && !opens(rotated))
    #expect(try store.page(after: nil, of: .all, withRevoked: true, count: 9).count == 1)
    #expect(try database.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM audit") } == 1)
  }

  @Test func othersKeysDoNotExist() throws {
    let acme = try make(.only(["acme"]))
    let globex = try make(.only(["globex"]))
    let both = try make(.only(["acme", "globex"]))
    let all = try make()
    let scope = AdvertiserScope.only(["acme"])
    let write = Self.write(scope: scope)
    for other in [globex, both, all] {
      #expect(try !store.revoke(other.key.id, write))
      #expect(try store.rotate(other.key.id, graceSeconds: 0, write) == nil)
      #expect(opens(other.text))
    }
    #expect(
      try store.page(after: nil, of: scope, withRevoked: true, count: 9).map { $0.id }
        == [acme.key.id])
    #expect(try store.revoke(acme.key.id, write))
  }

  @Test func listsPagesInTheOrderOfCreation() throws {
    let ids = try (0..<5).map { _ in try make().key.id }
    #expect(try store.revoke(ids[1], Self.write()))
    func page(_ after: String?, _ withRevoked: Bool) throws -> [String] {
      try store.page(after: after, of: .all, withRevoked: withRevoked, count: 2).map { $0.id }
    }
    #expect(try page(nil, false) == [ids[0], ids[2]])
    #expect(try page(ids[2], false) == [ids[3], ids[4]])
    #expect(try page(nil, true) == [ids[0], ids[1]])
    #expect(try page(ids[4], true) == [])
  }

  @Test func notesTheHourOfTheLastUse() throws {
    let text = try make().text
    store.noteUse(of: text.id, at: WallTime(milliseconds: 7_300_000))
    store.noteUse(of: text.id, at: WallTime(milliseconds: 7_400_000))
    #expect(store.key(text.id)?.lastUsedAt == WallTime(milliseconds: 7_200_000))
    // A write after it waits for it.
    _ = try make()
    #expect(
      try store.page(after: nil, of: .all, withRevoked: false, count: 1).first?.lastUsedAt
        == WallTime(milliseconds: 7_200_000))
  }

  @Test func everyChangeHasItsEntry() throws {
    let text = try make(.only(["acme"])).text
    _ = try store.rotate(text.id, graceSeconds: 1, Self.write())
    _ = try store.revoke(text.id, Self.write())
    let entries = try AuditLog.page(
      AuditFilter(scope: .only(["acme"])), before: nil, count: 9, in: database.database)
    #expect(entries.map { $0.entry.action } == ["key.revoke", "key.rotate", "key.create"])
    #expect(Set(entries.map { $0.entry.object }) == ["keys/\(text.id)"])
    #expect(entries.allSatisfy { $0.entry.advertiser == "acme" && $0.entry.keyID == "token-file" })
    #expect(try AuditVerification(of: database.database).isOK)
  }
}
