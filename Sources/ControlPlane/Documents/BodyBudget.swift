import Synchronization

/// What the bodies of documents may take of the memory together, from each byte that came until
/// they are answered. A client that sends slowly holds no more than it has sent.
final class BodyBudget: Sendable {
  private struct Taken {
    var all = 0
    var ofKey: [String: Int] = [:]
  }

  private let limit: Int
  private let limitOfKey: Int
  private let taken = Mutex(Taken())

  init(
    bytes: Int = ControlLimits.documentBytes, ofKey: Int = ControlLimits.documentBytesOfKey
  ) {
    limit = bytes
    limitOfKey = ofKey
  }

  /// Reads a request's body and works on it.
  ///
  /// - Throws: a ``ProblemDocument`` with status 413 where it is longer, 429 while others, or other
  ///   requests of the same key, have the room.
  func withBody<Value: Sendable>(
    of request: ControlRequest, atMost bytes: Int, _ work: ([UInt8]) async throws -> Value
  ) async throws -> Value {
    let key = request.principal.keyID
    var count = 0
    defer { give(count, by: key) }
    let body = try await request.body(atMost: bytes) { part in
      try take(part, for: key)
      count += part
    }
    return try await work(body)
  }

  /// Takes room for bytes of a key.
  func take(_ bytes: Int, for key: String) throws {
    let isFree = taken.withLock { taken in
      let own = taken.ofKey[key, default: 0] + bytes
      guard taken.all + bytes <= limit, own <= limitOfKey else { return false }
      taken.all += bytes
      taken.ofKey[key] = own
      return true
    }
    guard isFree else {
      throw ProblemDocument(
        .tooManyRequests, "Too many large documents are being taken in; try again in a moment.",
        headers: [.retryAfter: "1"])
    }
  }

  /// Gives room back.
  func give(_ bytes: Int, by key: String) {
    taken.withLock { taken in
      taken.all -= bytes
      let own = taken.ofKey[key, default: 0] - bytes
      taken.ofKey[key] = own > 0 ? own : nil
    }
  }
}
