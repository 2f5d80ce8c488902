import LinuxIO

/// Waits for something to become true, but not for ever, and not against the user's will.
struct Patience {
  /// Ctrl-C, and what else asks the quickstart to end.
  let signals: SignalSource

  /// Looks every few milliseconds.
  ///
  /// Fails when the time is over; throws ``Interrupted`` when somebody asks for the end.
  func wait(seconds: Int, for what: String, until isTrue: () throws -> Bool) throws {
    let end = Clock.monotonicNanoseconds() + UInt64(seconds) * 1_000_000_000
    while try !isTrue() {
      guard Clock.monotonicNanoseconds() < end else {
        throw Failure("waited \(seconds) s for \(what)")
      }
      if signals.next(timeoutMilliseconds: 10) != nil { throw Interrupted() }
    }
  }
}

/// Somebody asked for the end before the summary was there.
struct Interrupted: Error {}
