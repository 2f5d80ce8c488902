/// A result as a table for a terminal.
package enum TextReport {
  private static let percentiles: [Double] = [50, 90, 99, 99.9, 99.99]

  /// The lines.
  package static func lines(_ description: RunDescription, _ result: RunResult) -> [String] {
    var lines = [description.target, description.load, description.shape, ""]
    lines += rates(result) + [""] + times(result) + [""]
    lines += facts(result)
    if result.wasStopped {
      lines.append("stopped after \(Quantity.fixed(result.seconds, 1)) s")
    }
    lines += result.doubts.map { "WARNING: \($0)" }
    return lines
  }

  private static func rates(_ result: RunResult) -> [String] {
    let recorder = result.recorder
    let deadline = Quantity.text(nanoseconds: result.plan.deadlineNanoseconds)
    var table = AlignedTable(["", "requests", "a second", "share"])
    func add(_ name: String, _ count: UInt64) {
      let share = recorder.planned == 0 ? 0 : Double(count) / Double(recorder.planned)
      table.add([
        name, Quantity.grouped(count), Quantity.grouped(Double(count) / result.seconds),
        Quantity.percent(share),
      ])
    }
    add("planned", recorder.planned)
    add("sent", recorder.sent)
    add("answered", recorder.answered)
    add("in time (\(deadline))", recorder.inTime)
    add("late, from planned time", recorder.late)
    add("late, from write", recorder.lateFromWrite)
    add("errors", recorder.errors)
    return table.lines
  }

  private static func times(_ result: RunResult) -> [String] {
    let recorder = result.recorder
    var table = AlignedTable(
      ["latency from planned time", "count", "p50", "p90", "p99", "p99.9", "p99.99", "max"])
    func add(_ name: String, _ times: Recorder.Times) {
      guard times.totalCount > 0 else { return }
      let values = percentiles.map { Quantity.text(nanoseconds: times.valueAtPercentile($0)) }
      table.add(
        [name, Quantity.grouped(times.totalCount)] + values
          + [Quantity.text(nanoseconds: times.maxRecorded)])
    }
    add("all", recorder.latency)
    for outcome in Outcome.allCases {
      add("  " + outcome.name, recorder.latency(of: [outcome]))
    }
    add("from the write alone", recorder.service)
    add("generator's own lateness", recorder.lateness)
    add("notices", recorder.noticeLatency)
    add("connecting", recorder.connecting)
    return table.lines
  }

  private static func facts(_ result: RunResult) -> [String] {
    let recorder = result.recorder
    let statuses = recorder.statuses.enumerated().filter { $0.element > 0 }
      .map { "\($0.offset): \(Quantity.grouped($0.element))" }
    var lines = ["status    " + (statuses.isEmpty ? "none" : statuses.joined(separator: "  "))]
    if recorder.opened + recorder.connectFailures > 0 {
      lines.append(
        "opened    \(Quantity.grouped(recorder.opened)) connections, "
          + "\(Quantity.grouped(recorder.connectFailures)) attempts failed")
    }
    if result.plan.notices != nil {
      lines.append(
        "notices   \(Quantity.grouped(recorder.noticesSent)) sent, "
          + "\(Quantity.grouped(recorder.noticesGood)) answered well, "
          + "\(Quantity.grouped(recorder.noticesBad)) badly, "
          + "\(Quantity.grouped(recorder.noticesDropped)) dropped")
    }
    let busiest = result.generatorProcessors.max() ?? 0
    lines.append("generator busiest thread \(Quantity.percent(busiest)) of a processor")
    if let nanoseconds = result.targetNanoseconds, let each = result.targetNanosecondsPerAnswer {
      let processors = Double(nanoseconds) / 1e9 / result.seconds
      lines.append(
        "target    \(Quantity.fixed(processors, 2)) processors, "
          + "\(Quantity.text(nanoseconds: UInt64(each))) of processor time an answer")
    }
    return lines
  }
}
