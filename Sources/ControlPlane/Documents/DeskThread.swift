import Dispatch
import LinuxIO
import Synchronization

/// Jobs that one thread does one after the other, behind everything else on the machine.
final class DeskThread: Sendable {
  typealias Job = @Sendable () -> Void

  private struct Queue {
    var jobs: [Job] = []
    var isClosed = false
  }

  private let queue = Mutex(Queue())
  private let wakeUp = DispatchSemaphore(value: 0)

  /// Starts the thread, which ends when the queue is closed and its jobs are done.
  /// - Parameter settle: called on the thread when no job waits, and from time to time while jobs
  ///   go on.
  func start(name: String, settle: @escaping Job = {}) throws(Errno) {
    _ = try LinuxIO.Thread(name: name, priority: .background) { self.run(settle) }
  }

  /// Adds a job behind the others; false where none is taken any more.
  func add(_ job: @escaping Job) -> Bool {
    let isTaken = queue.withLock { queue in
      guard !queue.isClosed else { return false }
      queue.jobs.append(job)
      return true
    }
    if isTaken { wakeUp.signal() }
    return isTaken
  }

  /// Takes no more jobs; those that wait are still done.
  func close() {
    queue.withLock { $0.isClosed = true }
    wakeUp.signal()
  }

  private func run(_ settle: Job) {
    while let jobs = next() {
      var settled = ContinuousClock.now
      for job in jobs {
        job()
        guard ContinuousClock.now - settled > ControlLimits.deskRound else { continue }
        settle()
        settled = .now
      }
      settle()
    }
  }

  /// The jobs that wait; nil when there will be none any more.
  private func next() -> [Job]? {
    while true {
      let (jobs, isClosed) = queue.withLock { queue in
        defer { queue.jobs = [] }
        return (queue.jobs, queue.isClosed)
      }
      if !jobs.isEmpty { return jobs }
      if isClosed { return nil }
      wakeUp.wait()
    }
  }
}
