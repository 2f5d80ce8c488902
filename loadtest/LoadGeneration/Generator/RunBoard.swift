import FixedMemory
import LinuxIO
import Synchronization

/// What the threads of a run share: when it starts, whether it stops, and what is going on.
package final class RunBoard: Sendable {
  /// The figures that a thread keeps up to date.
  package enum Figure: Int, CaseIterable, Sendable {
    case isReady, openConnections, sent, answered, bids, errors, inFlight, notices, processorTime
  }

  /// What all threads together came to.
  package struct Figures: Sendable {
    fileprivate(set) var values = [UInt64](repeating: 0, count: Figure.allCases.count)

    /// A figure.
    package subscript(figure: Figure) -> UInt64 { values[figure.rawValue] }
  }

  private static let cellsOfThread = 16
  private let threads: Int
  private let cells: AtomicArray
  private let control = AtomicArray(count: 2, padded: true)
  private let recent = Mutex<[Int: Interval]>([:])
  private let recorders = Mutex<(all: [Recorder], finished: Int)>(([], 0))

  /// A board for so many threads.
  package init(threads: Int) {
    self.threads = threads
    cells = AtomicArray(count: threads * Self.cellsOfThread)
  }

  /// When planned times count from, on the monotonic clock; 0 before that is decided.
  package var start: UInt64 { control.load(0, ordering: .acquiring) }

  /// Decides when planned times count from.
  package func setStart(_ nanoseconds: UInt64) { control.store(nanoseconds, at: 0) }

  /// Whether no more is to be sent.
  package var isStopping: Bool { control.load(1) != 0 }

  /// Lets the threads send no more; what was sent is waited for.
  package func stop() { control.store(1, at: 1) }

  /// Says a figure of a thread.
  func set(_ figure: Figure, _ value: UInt64, thread: Int) {
    cells.store(value, at: thread * Self.cellsOfThread + figure.rawValue)
  }

  /// The sums over the threads.
  package var figures: Figures {
    var sums = Figures()
    for thread in 0..<threads {
      for figure in Figure.allCases {
        sums.values[figure.rawValue] += cells.load(thread * Self.cellsOfThread + figure.rawValue)
      }
    }
    return sums
  }

  /// The processor time of each thread, in nanoseconds.
  package var processorTimes: [UInt64] {
    (0..<threads).map {
      cells.load($0 * Self.cellsOfThread + Figure.processorTime.rawValue)
    }
  }

  /// Takes what a thread counted when it is done; nil where it could not begin.
  func handOver(_ recorder: Recorder?) {
    recorders.withLock { recorders in
      if let recorder { recorders.all.append(recorder) }
      recorders.finished += 1
    }
  }

  /// Threads that are done.
  var finished: Int { recorders.withLock { $0.finished } }

  /// What the threads counted.
  func takeRecorders() -> [Recorder] { recorders.withLock { $0.all } }

  /// Adds a thread's interval that is over, for those who watch.
  func publish(_ interval: Interval, number: Int) {
    recent.withLock { recent in
      recent[number, default: Interval()].add(interval)
      for old in recent.keys where old < number - 2 { recent[old] = nil }
    }
  }

  /// The newest interval that all threads have finished, or some; nil before the first.
  package var newestInterval: Interval? {
    recent.withLock { recent in recent.keys.max().flatMap { recent[$0] } }
  }
}
