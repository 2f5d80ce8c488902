import ControlStore
import Cryptography
import Synchronization

/// The sessions of people at the console, in memory: a restart ends them all, and nothing that
/// opens the console lies on a disk.
final class SessionTable: Sendable {
  /// One sign-in.
  struct Session: Sendable {
    let keyID: String
    /// The hash of the secret that it was opened with.
    let secret: AuthenticationCode
    /// By the clock that never steps.
    let endsAt: Int64
    /// Its place in the order of sign-ins.
    fileprivate let number: UInt64
  }

  private struct State {
    /// By the SHA-256 of the token, so that how long a look-up takes tells nothing of a token.
    var sessions: [String: Session] = [:]
    var number: UInt64 = 0
  }

  private let state = Mutex(State())
  /// What turns a session's token into its token against forged requests.
  private let forgeryKey = SecureRandom.bytes(32)

  /// Opens a session.
  /// - Returns: its token, for the cookie.
  ///
  /// - Complexity: O(sessions).
  func open(for visitor: AccessControl.Visitor, now: Int64) -> String {
    let token = KeyText.base64URL(SecureRandom.bytes(32))
    state.withLock { state in
      state.sessions = state.sessions.filter { $0.value.endsAt > now }
      let own = state.sessions.filter { $0.value.keyID == visitor.principal.keyID }
      if own.count >= ControlLimits.sessionsOfAKey {
        Self.removeOldest(of: own, from: &state)
      } else if state.sessions.count >= ControlLimits.sessions {
        Self.removeOldest(of: state.sessions, from: &state)
      }
      state.number += 1
      state.sessions[Self.name(of: token)] = Session(
        keyID: visitor.principal.keyID, secret: visitor.secret,
        endsAt: now + ControlLimits.sessionSeconds * 1_000, number: state.number)
    }
    return token
  }

  /// The running session of a token.
  func session(_ token: String, now: Int64) -> Session? {
    let session = state.withLock { $0.sessions[Self.name(of: token)] }
    return session.flatMap { $0.endsAt > now ? $0 : nil }
  }

  /// Ends a session.
  func close(_ token: String) {
    _ = state.withLock { $0.sessions.removeValue(forKey: Self.name(of: token)) }
  }

  /// What a write of the session must carry; nobody else can compute it.
  func forgeryToken(of token: String) -> String { KeyText.base64URL(forgeryCode(of: token).bytes) }

  /// Whether a write carries its session's token, compared in constant time.
  func isForgeryToken(_ text: String, of token: String) -> Bool {
    Digest.sha256(Array(text.utf8)).equals(Digest.sha256(Array(forgeryToken(of: token).utf8)))
  }

  private func forgeryCode(of token: String) -> AuthenticationCode {
    let bytes = Array(token.utf8)
    return MessageAuthenticator(key: forgeryKey).authenticate(bytes.rawSpan)
  }

  private static func name(of token: String) -> String {
    KeyText.base64URL(Digest.sha256(Array(token.utf8)).bytes)
  }

  private static func removeOldest(of sessions: [String: Session], from state: inout State) {
    guard let oldest = sessions.min(by: { $0.value.number < $1.value.number }) else { return }
    state.sessions[oldest.key] = nil
  }
}
