import Glibc
import LinuxIO

/// Runs a plan: starts its threads and adds up what they counted.
package enum LoadRun {
  /// Why a run did not begin.
  package enum Failure: Error, CustomStringConvertible {
    /// Nothing listens at the target, or it takes no connection.
    case unreachable(SocketAddress)
    /// The system gave no thread.
    case system(Errno)
    /// A thread found no descriptors or no memory for what it needs.
    case threadFailed
    /// It was stopped while its connections were opened.
    case stopped

    package var description: String {
      switch self {
      case .unreachable(let address): "\(address): no connection could be opened"
      case .system(let failure): "the load generator cannot start: \(failure)"
      case .threadFailed: "the load generator cannot start: too few descriptors for its threads"
      case .stopped: "stopped before the load began"
      }
    }
  }

  /// Runs a plan to its end, or until the board says stop.
  ///
  /// - Parameters:
  ///   - processID: the target's, whose processor time is to be sampled.
  ///   - watch: called about every interval from the calling thread.
  package static func run(
    _ plan: LoadPlan, processID: Int32? = nil, board: RunBoard,
    watch: (WatchedMoment) -> Void = { _ in }
  ) throws(Failure) -> RunResult {
    let threads = try start(plan, board: board)
    defer { for thread in threads { thread.join() } }
    while Int(board.figures[.isReady]) + board.finished < plan.threads { pause(1_000_000) }
    guard !board.isStopping else { throw .stopped }
    guard board.finished == 0 else {
      board.stop()
      throw .threadFailed
    }
    guard board.figures[.openConnections] > 0 else {
      board.stop()
      throw .unreachable(plan.target)
    }
    let moment = Clock.monotonicNanoseconds() + 20_000_000
    var observer = RunObserver(plan, start: moment, board: board) {
      processID.flatMap(TargetProcess.init)
    }
    board.setStart(moment)
    while board.finished < plan.threads {
      pause(observer.pause(from: Clock.monotonicNanoseconds()))
      if let seen = observer.look(at: Clock.monotonicNanoseconds()) { watch(seen) }
    }
    return observer.result(board.takeRecorders(), at: Clock.monotonicNanoseconds())
  }

  private static func start(_ plan: LoadPlan, board: RunBoard) throws(Failure) -> [Thread] {
    var threads: [Thread] = []
    do {
      for number in 0..<plan.threads {
        threads.append(
          try Thread(name: "nod-load-\(number)") { send(plan, number: number, board: board) })
      }
    } catch {
      board.stop()
      for thread in threads { thread.join() }
      throw .system(error)
    }
    return threads
  }

  private static func send(_ plan: LoadPlan, number: Int, board: RunBoard) {
    do {
      var generator = try Generator(plan, number: number, board: board)
      generator.run()
      board.handOver(generator.recorder)
    } catch {
      board.handOver(nil)
    }
  }

  private static func pause(_ nanoseconds: UInt64) { usleep(UInt32(nanoseconds / 1_000 + 1)) }
}
