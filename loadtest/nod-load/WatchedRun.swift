import Foundation
import LinuxIO
import LoadGeneration

/// A run with its progress on the terminal; an interrupt ends it early, with its figures so far.
struct WatchedRun {
  let plan: LoadPlan
  let processID: Int32?
  let isQuiet: Bool
  var name = ""

  /// Runs the plan.
  func run() throws(LoadFailure) -> RunResult {
    let most = (try? OpenFileLimit.raise()) ?? 1024
    guard plan.connections + plan.noticeConnections + 64 <= most else {
      throw .system("--connections: only \(most) files may be open (ulimit -n)")
    }
    if let processID, TargetProcess(processID) == nil {
      throw .usage("--target-pid: there is no process \(processID)")
    }
    let board = RunBoard(threads: plan.threads)
    let signals = InterruptWatch(board)
    defer { signals.end() }
    defer { if !isQuiet { Terminal.endProgress() } }
    do {
      return try LoadRun.run(plan, processID: processID, board: board) { moment in
        if !isQuiet { Terminal.progress(name + Self.line(moment)) }
      }
    } catch {
      switch error {
      case .unreachable: throw .unavailable(error.description)
      case .system, .threadFailed: throw .system(error.description)
      case .stopped: throw .stopped(error.description)
      }
    }
  }

  private static func line(_ moment: WatchedMoment) -> String {
    guard moment.seconds > 0 else {
      return "warm-up \(Quantity.fixed(-moment.seconds, 0)) s left, "
        + "\(Quantity.grouped(moment.sentRate))/s sent"
    }
    var parts = [
      "\(Quantity.fixed(moment.seconds, 0)) s", "\(Quantity.grouped(moment.sentRate))/s sent",
      "\(Quantity.grouped(moment.answeredRate))/s answered",
    ]
    if let interval = moment.interval, interval.latency.totalCount > 0 {
      let p50 = Quantity.text(nanoseconds: interval.latency(percentile: 50))
      let p99 = Quantity.text(nanoseconds: interval.latency(percentile: 99))
      parts.append("p50 \(p50)  p99 \(p99)")
    }
    let bids = Double(moment.bids) / Double(max(1, moment.answered))
    parts.append("\(Quantity.percent(bids)) bids")
    parts.append("\(Quantity.grouped(moment.errors)) errors")
    parts.append("\(moment.inFlight) out")
    if let processors = moment.targetProcessors {
      parts.append("target \(Quantity.fixed(processors, 2)) processors")
    }
    return parts.joined(separator: "  ")
  }
}

/// Stops a run at the first interrupt.
final class InterruptWatch: Sendable {
  private let ended = RunBoard(threads: 1)
  private let thread: LinuxIO.Thread?

  /// Watches from before the run's threads start.
  init(_ board: RunBoard) {
    let ended = self.ended
    let source = try? SignalSource([.interrupt, .terminate])
    thread = try? LinuxIO.Thread(name: "nod-load-signal") {
      guard let source else { return }
      while !ended.isStopping {
        if source.next(timeoutMilliseconds: 100) != nil { board.stop() }
      }
    }
  }

  /// Stops watching.
  func end() {
    ended.stop()
    thread?.join()
  }
}
