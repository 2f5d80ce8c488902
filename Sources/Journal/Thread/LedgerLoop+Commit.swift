import BudgetLedger
import LinuxIO

extension LedgerLoop {
  /// Makes what was applied durable, if anything was, and answers what waited for it.
  mutating func commit() {
    if parts.requests.isWorking { writePending() }
    sendAnswers()
    answerPlans()
  }

  private mutating func writePending() {
    while !ledger.pending.isEmpty {
      do {
        try Self.append(ledger, to: &writer)
      } catch {
        return fail(error)
      }
      ledger.committed()
    }
  }

  static func append(
    _ ledger: borrowing Ledger, to writer: inout JournalWriter
  ) throws(FileError) {
    try writer.append(ledger.pending.bytes)
  }

  /// Stops everything that needs the journal, for good: what was applied and is not durable is
  /// answered so, and comes back with the next start or with the exchange's next try.
  private mutating func fail(_ error: FileError) {
    ledger.stop()
    parts.requests.fail()
    parts.options.log("\(error); nothing is bid or booked until the next start")
    for lane in answers.indices {
      for index in answers[lane].indices { answers[lane][index].result = .unavailable }
    }
  }

  private mutating func sendAnswers() {
    for index in answers.indices where !answers[index].isEmpty {
      for answer in answers[index] {
        // There was room for it before its notice was taken.
        precondition(parts.lanes[index].answers.push(answer))
      }
      answers[index].removeAll(keepingCapacity: true)
      parts.workerSignals[index].signal()
    }
  }

  private mutating func answerPlans() {
    guard !adopted.isEmpty else { return }
    parts.requests.show(ledger.creatives, ledger.names)
    for (outcome, numbers) in adopted {
      outcome.give(
        parts.requests.isWorking ? .success(numbers) : .failure(LedgerUnavailable()))
    }
    adopted.removeAll()
  }

  // MARK: Checkpoints

  /// Begins a new segment when the current one has grown enough, and replaces those before it by a
  /// checkpoint, unless the last one is still being written.
  mutating func checkpointIfDue() {
    let most = JournalLimits.segmentBytes / 2
    let isBusy = parts.keeper.isBusy
    let limit = isBusy ? most : min(max(parts.options.segmentBytes, checkpointBytes), most)
    guard parts.requests.isWorking, Int(writer.position.offset) > limit, ledger.pending.isEmpty
    else { return }
    do {
      try writer.rotate()
    } catch {
      return fail(error)
    }
    if isBusy { return }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(checkpointBytes + checkpointBytes / 8)
    ledger.checkpoint(into: &bytes)
    checkpointBytes = bytes.count
    parts.keeper.checkpoint(bytes, before: writer.position.segment)
  }

  /// Ends a start cleanly: escrow goes back, the state is saved as a whole, and the counts of
  /// frequency caps beside it.
  mutating func finish() {
    parts.requests.close()
    turn()
    parts.keeper.stop()
    if parts.requests.isWorking {
      ledger.finish(time: parts.options.time())
      commit()
    }
    if parts.requests.isWorking { saveAll() }
    parts.keeper.saveCaps()
  }

  private mutating func saveAll() {
    do {
      try writer.rotate()
      var bytes: [UInt8] = []
      ledger.checkpoint(into: &bytes)
      try parts.keeper.write(bytes, before: writer.position.segment)
    } catch {
      // Everything is in the segments.
      parts.options.log("\(error)")
    }
  }
}
