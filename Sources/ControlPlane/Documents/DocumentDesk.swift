import AuctionTypes
import CampaignDocuments
import ControlStore
import Dispatch
import Foundation
import LinuxIO
import Synchronization

/// The one place through which advertisers' documents change, one change after the other.
///
/// A change is checked against everything that is in force, stored with its versions and audit
/// entries in one transaction, and then published; only after that it is answered. So whenever the
/// process ends, what was answered is there at the next start. Changes that wait together are
/// published together.
package final class DocumentDesk: Sendable {
  let store: DocumentStore
  let port: DocumentPort
  private let force: AdvertisersInForce
  private let reading = DeskThread()
  private let writing = DeskThread()
  private let round = Mutex(Round())

  /// What only the writing thread touches: the state, and who waits for it to be in force.
  private struct Round {
    var state = DeskState()
    var waiting: [@Sendable (Result<Void, any Error>) -> Void] = []
  }

  /// A desk without advertisers until ``configure(_:publish:)``.
  package init(
    database: ControlDatabase, advertisers: AdvertisersInForce, port: DocumentPort
  ) throws(Errno) {
    store = DocumentStore(database)
    force = advertisers
    self.port = port
    try reading.start(name: "nod-documents")
    try writing.start(name: "nod-desk") { [weak self] in self?.settle() }
  }

  deinit { close() }

  /// Takes no more changes; those that wait are still made.
  package func close() {
    reading.close()
    writing.close()
  }

  // MARK: Jobs

  /// Does work that takes the processor, but changes nothing, beside the changes.
  func read<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = reading.add { continuation.resume(with: Result(catching: work)) }
      if !isTaken { continuation.resume(throwing: Self.isClosing) }
    }
  }

  /// Makes a change and waits until it is in force.
  func change<Answer: Sendable>(
    _ work: @escaping @Sendable (inout DeskState) throws -> Answer
  ) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      enqueue(work) { continuation.resume(with: $0) }
    }
  }

  /// The same for a thread that is not Swift concurrency's.
  func changeAndWait<Answer: Sendable>(
    _ work: @escaping @Sendable (inout DeskState) throws -> Answer
  ) throws -> Answer {
    let done = DispatchSemaphore(value: 0)
    let outcome = Mutex<Result<Answer, any Error>?>(nil)
    enqueue(work) { result in
      outcome.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    guard let result = outcome.withLock({ $0 }) else { throw Self.isClosing }
    return try result.get()
  }

  private func enqueue<Answer: Sendable>(
    _ work: @escaping @Sendable (inout DeskState) throws -> Answer,
    then finish: @escaping @Sendable (Result<Answer, any Error>) -> Void
  ) {
    let isTaken = writing.add { [self] in
      round.withLock { round in
        do {
          let answer = try work(&round.state)
          guard !round.state.isInForce else { return finish(.success(answer)) }
          round.waiting.append { finish($0.map { answer }) }
        } catch {
          finish(.failure(Self.readable(error)))
        }
      }
    }
    if !isTaken { finish(.failure(Self.isClosing)) }
  }

  /// Puts in force what was changed, and tells those who wait for it.
  private func settle() {
    round.withLock { round in
      guard !round.waiting.isEmpty else { return }
      let result = Result { try publish(&round.state) }
      for finish in round.waiting { finish(result) }
      round.waiting = []
    }
  }

  private func publish(_ state: inout DeskState) throws {
    let advertisers = state.list
    do {
      try port.publish(advertisers)
    } catch {
      port.log("documents: stored, but not in force: \(error)")
      throw ProblemDocument(
        .serviceUnavailable,
        "The change is stored, but not in force: \(error). The next change that can be put in "
          + "force takes it along, and so does the next start.")
    }
    force.set(advertisers)
    state.isInForce = true
  }

  /// Shows what was published otherwise, with a configuration.
  func show(_ state: inout DeskState) {
    force.set(state.list)
    state.isInForce = true
  }

  private static let isClosing = ProblemDocument(
    .serviceUnavailable, "The server is about to end.")

  /// What the database says is for the log; what it means is for the client.
  private static func readable(_ error: any Error) -> any Error {
    guard let failure = error as? StoreFailure else { return error }
    return ProblemDocument(
      failure.isFull ? .init(code: 507, reasonPhrase: "Insufficient Storage") : .serviceUnavailable,
      "Nothing was changed: \(failure).")
  }

  /// The moment, for what is written down.
  static var now: WallTime { WallTime(milliseconds: Clock.realtimeMilliseconds()) }
}
