import AuctionTypes
import BidEngine
import BidServer
import ControlPlane
import Dispatch
import LinuxIO
import Synchronization

/// Explains requests of the control plane one after the other, on a thread of its own that gives
/// way to the workers.
final class ExplainService: Sendable {
  /// Requests that wait at a time: more than people ask, and few enough to be answered within
  /// seconds.
  static let waiting = 32

  private struct Job: Sendable {
    let exchange: Int
    let body: [UInt8]
    let advertisers: Set<String>?
    let answer: CheckedContinuation<Explanation, any Error>
  }

  private struct Queue {
    var jobs: [Job] = []
    var isOpen = true
  }

  private let queue = Mutex(Queue())
  private let arrivals = DispatchSemaphore(value: 0)

  /// - Parameter makeExplainer: called on the service's thread, with the first request.
  /// - Throws: where there is no thread.
  init(_ makeExplainer: @escaping @Sendable () -> Explainer) throws(Errno) {
    // The thread holds the service until it is stopped.
    _ = try Thread(name: "nod-explain", priority: .background) { [self] in
      guard let first = next() else { return }
      var explainer = makeExplainer()
      Self.answer(first, &explainer)
      while let job = next() { Self.answer(job, &explainer) }
    }
  }

  /// What became of each line item, as if the request had come in now.
  ///
  /// - Throws: ``ExplainPort/Failure`` where too many wait.
  func explain(
    _ body: [UInt8], exchange: Int, only advertisers: Set<String>?
  ) async throws -> Explanation {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = queue.withLock { queue in
        guard queue.isOpen, queue.jobs.count < Self.waiting else { return false }
        queue.jobs.append(
          Job(
            exchange: exchange, body: body, advertisers: advertisers, answer: continuation))
        return true
      }
      if isTaken {
        arrivals.signal()
      } else {
        continuation.resume(throwing: ExplainPort.Failure.busy)
      }
    }
  }

  /// Takes no more, and lets go of those that wait.
  func stop() {
    let left = queue.withLock { queue in
      defer { queue = Queue(isOpen: false) }
      return queue.jobs
    }
    for job in left { job.answer.resume(throwing: ExplainPort.Failure.busy) }
    arrivals.signal()
  }

  /// Waits for the next request; nil when there will be none.
  private func next() -> Job? {
    while true {
      arrivals.wait()
      let (job, isOpen) = queue.withLock { queue in
        (queue.jobs.isEmpty ? nil : queue.jobs.removeFirst(), queue.isOpen)
      }
      if job != nil || !isOpen { return job }
    }
  }

  private static func answer(_ job: Job, _ explainer: inout Explainer) {
    job.answer.resume(
      returning: explainer.explain(job.body, exchange: job.exchange, only: job.advertisers))
  }
}

extension ExplainService {
  /// What the control plane asks.
  func port(_ configuration: Configuration) -> ExplainPort {
    let names = configuration.exchanges.map(\.name)
    return ExplainPort(exchanges: names, bodyBytes: configuration.bidder.maxBodyBytes) {
      exchange, body, advertisers in
      let explanation = try await self.explain(body, exchange: exchange, only: advertisers)
      return ExplainReport(
        explanation, exchange: names[exchange], money: Self.note(isScoped: advertisers != nil))
    }
  }

  /// What was considered, for people.
  private static func note(isScoped: Bool) -> String {
    "budgets, pacing and frequency caps as they are now; nothing is spent"
      + (isScoped ? "; decided among this key's advertisers alone" : "")
  }
}
