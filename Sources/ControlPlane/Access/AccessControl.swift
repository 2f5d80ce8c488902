import AuctionTypes
import ControlStore
import Cryptography
import Synchronization

/// Who may come in: the keys, the first administrator's token, the sessions, and the addresses that
/// failed too often.
package final class AccessControl: Sendable {
  /// Names the first administrator, whose token is in a file.
  static let administratorID = "token-file"

  /// Someone whose secret was right.
  struct Visitor: Sendable {
    let principal: Principal
    /// The hash of the secret; a session holds only while the key accepts it.
    let secret: AuthenticationCode
  }

  let keys: KeyStore
  let sessions: SessionTable
  let clock: AccessClock
  private let failures: Mutex<AttemptLimit>
  private let signIns: Mutex<AttemptLimit>
  private let administrator: Mutex<Administrator>

  private struct Administrator {
    let hash: AuthenticationCode
    /// Whether it is so short that trying might find it.
    let isGuessable: Bool

    init(_ token: [UInt8]) {
      hash = Digest.sha256(token)
      isGuessable = token.count < ControlLimits.unguessableBytes
    }
  }

  /// Reads the keys of a database.
  package convenience init(
    database: ControlDatabase, administratorToken: [UInt8]
  ) throws {
    try self.init(
      database: database, administratorToken: administratorToken, clock: AccessClock())
  }

  init(database: ControlDatabase, administratorToken: [UInt8], clock: AccessClock) throws {
    keys = try KeyStore(database)
    sessions = SessionTable()
    failures = Mutex(.failures)
    signIns = Mutex(.signIns)
    administrator = Mutex(Administrator(administratorToken))
    self.clock = clock
  }

  /// Puts another token of the first administrator in force; sessions of the old one end.
  package func setAdministratorToken(_ token: [UInt8]) {
    administrator.withLock { $0 = Administrator(token) }
  }

  /// Whose secret a text is.
  ///
  /// A secret that is right is let in from any address however often others fail there: 256 random
  /// bits are not found by trying. A short token of the administrator is not so lucky.
  ///
  /// - Throws: a ``ProblemDocument`` with status 401, or 429 where its address failed too often.
  func visitor(with text: String, from client: String) throws -> Visitor {
    let bytes = Array(text.utf8.prefix(ControlLimits.secretBytes + 1))
    guard bytes.count <= ControlLimits.secretBytes else { throw failure(of: client) }
    let key = KeyText(text).flatMap { text in
      keys.key(opening: text, at: clock.wall()).map { (key: $0, hash: text.hash) }
    }
    if let key {
      keys.noteUse(of: key.key.id, at: clock.wall())
      return Visitor(principal: key.key.principal, secret: key.hash)
    }
    let hash = Digest.sha256(bytes)
    let administrator = administrator.withLock { $0 }
    guard administrator.hash.equals(hash), !administrator.isGuessable || wait(of: client) == nil
    else { throw failure(of: client) }
    return Visitor(principal: Self.administratorPrincipal, secret: hash)
  }

  /// Who a running session belongs to; nil once its key does not accept its secret any more.
  func principal(of session: SessionTable.Session) -> Principal? {
    guard session.keyID != Self.administratorID else {
      let hash = administrator.withLock { $0.hash }
      return hash.equals(session.secret) ? Self.administratorPrincipal : nil
    }
    guard let key = keys.key(session.keyID), key.accepts(session.secret, at: clock.wall())
    else { return nil }
    keys.noteUse(of: key.id, at: clock.wall())
    return key.principal
  }

  private static let administratorPrincipal = Principal(
    keyID: administratorID, name: administratorID, role: .admin, scope: .all)

  /// Counts a sign-in of somebody whose secret was right.
  ///
  /// - Throws: a ``ProblemDocument`` with status 429 where the key signs in too often.
  func admitSignIn(of visitor: Visitor) throws {
    let wait = signIns.withLock {
      $0.attempt(visitor.principal.keyID, now: clock.milliseconds())
    }
    guard let wait else { return }
    throw ProblemDocument(
      .tooManyRequests, "The key signs in too often; its sessions last for hours.",
      headers: [.retryAfter: "\(wait)"])
  }

  private func wait(of client: String) -> Int? {
    let network = ClientAddress.network(of: client)
    return failures.withLock { $0.secondsToWait(network, now: clock.milliseconds()) }
  }

  /// Counts a failure and says so.
  private func failure(of client: String) -> ProblemDocument {
    let network = ClientAddress.network(of: client)
    let wait = failures.withLock { $0.attempt(network, now: clock.milliseconds()) }
    guard let wait else {
      return ProblemDocument(
        .unauthorized, "This is no key that is valid.", headers: [.wwwAuthenticate: "Bearer"])
    }
    return ProblemDocument(
      .tooManyRequests, "Too many wrong keys came from this address.",
      headers: [.retryAfter: "\(wait)"])
  }
}
