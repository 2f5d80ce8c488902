import ControlStore
import Synchronization

/// What the bodies of documents may take of the memory together, from each byte that came until
/// they are answered. A client that sends slowly holds no more than it has sent.
final class BodyBudget: Sendable {
  private struct Taken {
    var all = 0
    var ofOwner: [String: Int] = [:]
  }

  private let limit: Int
  private let limitOfOwner: Int
  private let taken = Mutex(Taken())

  init(
    bytes: Int = ControlLimits.documentBytes, ofOwner: Int = ControlLimits.documentBytesOfOwner
  ) {
    limit = bytes
    limitOfOwner = ofOwner
  }

  /// Reads a request's body and works on it.
  ///
  /// - Throws: a ``ProblemDocument`` with status 413 where it is longer, 429 while others, or other
  ///   requests of the same owner, have the room.
  func withBody<Value: Sendable>(
    of request: ControlRequest, atMost bytes: Int, _ work: ([UInt8]) async throws -> Value
  ) async throws -> Value {
    let owner = Self.owner(of: request.principal)
    var count = 0
    defer { give(count, by: owner) }
    let body = try await request.body(atMost: bytes) { part in
      try take(part, for: owner)
      count += part
    }
    return try await work(body)
  }

  /// Whose room a key uses: that of the advertisers that it is limited to, since who may make keys
  /// for them could make many; else its own.
  private static func owner(of principal: Principal) -> String {
    switch principal.scope {
    case .all: principal.keyID
    case .only(let advertisers): advertisers.sorted().joined(separator: " ")
    }
  }

  /// Takes room for bytes of an owner.
  func take(_ bytes: Int, for owner: String) throws {
    let isFree = taken.withLock { taken in
      let own = taken.ofOwner[owner, default: 0] + bytes
      guard taken.all + bytes <= limit, own <= limitOfOwner else { return false }
      taken.all += bytes
      taken.ofOwner[owner] = own
      return true
    }
    guard isFree else {
      throw ProblemDocument(
        .tooManyRequests, "Too many large documents are being taken in; try again in a moment.",
        headers: [.retryAfter: "1"])
    }
  }

  /// Gives room back.
  func give(_ bytes: Int, by owner: String) {
    taken.withLock { taken in
      taken.all -= bytes
      let own = taken.ofOwner[owner, default: 0] - bytes
      taken.ofOwner[owner] = own > 0 ? own : nil
    }
  }
}
