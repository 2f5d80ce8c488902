import LinuxIO

extension Generator {
  /// Ends what is over time, and opens again what is closed.
  mutating func sweep() {
    for place in links.indices where links[place].phase == .waiting {
      if now - links[place].written > plan.timeoutNanoseconds { end(place, as: .timedOut) }
    }
    giveUpUnsent(before: now > plan.giveUpNanoseconds ? now - plan.giveUpNanoseconds : 0)
    reopenClosed()
    board.set(.processorTime, Clock.threadNanoseconds(), thread: number)
  }

  /// Counts everything that is still out, or was never sent, as what it is by now.
  mutating func giveUpAll() {
    for place in links.indices where links[place].phase == .waiting { end(place, as: .timedOut) }
    giveUpUnsent(before: .max)
    recorder.noticesDropped += UInt64(notices.count)
    board.set(.processorTime, Clock.threadNanoseconds(), thread: number)
  }

  /// Gives up requests that were planned before a moment and found no connection.
  mutating func giveUpUnsent(before moment: UInt64) {
    while let planned = nextPlanned, planned < moment, planned <= now {
      if isMeasured(planned) {
        recorder.record(
          .unsent, planned: planned - measuredFrom, written: nil, ended: now - measuredFrom)
      }
      requests.skip()
      advance()
    }
  }
}
