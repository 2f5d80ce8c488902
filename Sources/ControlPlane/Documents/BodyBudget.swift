import Hummingbird
import Synchronization

/// What the bodies of documents may take of the memory together, from their first byte until they
/// are answered.
final class BodyBudget: Sendable {
  private let limit: Int
  private let taken = Mutex(0)

  init(bytes: Int = ControlLimits.documentBytes) {
    limit = bytes
  }

  /// Runs work with room for a body.
  ///
  /// - Throws: a ``ProblemDocument`` with status 429 while others have the room.
  func withRoom<Value: Sendable>(
    for bytes: Int, _ work: () async throws -> Value
  ) async throws -> Value {
    let isFree = taken.withLock { taken in
      guard taken + bytes <= limit else { return false }
      taken += bytes
      return true
    }
    guard isFree else {
      throw ProblemDocument(
        .tooManyRequests, "Too many large documents are being taken in; try again in a moment.",
        headers: [.retryAfter: "1"])
    }
    defer { taken.withLock { $0 -= bytes } }
    return try await work()
  }
}
