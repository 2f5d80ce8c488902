import FixedMemory
import LinuxIO

extension Generator {
  /// Opens all connections and waits until each is open or was refused, for a bounded time.
  mutating func connectAll() {
    now = Clock.monotonicNanoseconds()
    let limit = now + LoadLimits.connectNanoseconds
    for place in links.indices {
      open(place)
      // Few at a time wait to be accepted: a backlog that overflows costs a second each.
      if place % 64 == 63 { poll(until: now) }
    }
    while links.contains(where: { $0.phase == .connecting }), now < limit, !board.isStopping {
      poll(until: now + LoadLimits.sweepNanoseconds)
    }
    board.set(.openConnections, UInt64(openCount), thread: number)
  }

  /// Begins to connect.
  mutating func open(_ place: Int) {
    now = Clock.monotonicNanoseconds()
    links[place].generation &+= 1
    links[place].openedAt = now
    let descriptor: Descriptor
    do {
      descriptor = try Socket.connecting(to: plan.target).release()
      links[place].descriptor = descriptor
      try poller.add(descriptor, token: token(of: place), for: .write)
      links[place].phase = .connecting
    } catch {
      fail(place)
    }
  }

  /// What came of connecting.
  mutating func finishConnecting(_ place: Int) {
    let descriptor = links[place].descriptor
    guard descriptor.pendingFailure() == nil,
      (try? poller.change(descriptor, token: token(of: place), for: .read)) != nil
    else { return fail(place) }
    now = Clock.monotonicNanoseconds()
    openCount += 1
    if isMeasured(now) {
      recorder.opened += 1
      recorder.recordConnection(nanoseconds: now - links[place].openedAt)
    }
    setEnd(of: place)
    release(place)
  }

  /// Takes note that a connection is free.
  mutating func release(_ place: Int) {
    links[place].phase = .idle
    links[place].freeSince = now
    guard !links[place].isQueued else { return }
    links[place].isQueued = true
    if links[place].isForNotices {
      freeForNotices.append(place)
    } else {
      free.append(place)
    }
  }

  /// The longest free connection, taken.
  mutating func takeFree(forNotices: Bool) -> Int? {
    while let place = forNotices ? freeForNotices.popFirst() : free.popFirst() {
      links[place].isQueued = false
      if links[place].phase == .idle { return place }
    }
    return nil
  }

  /// Closes a connection, which is opened again.
  mutating func close(_ place: Int) {
    guard links[place].descriptor != .none else { return }
    if links[place].phase == .idle || links[place].phase == .waiting { openCount -= 1 }
    links[place].descriptor.close()
    links[place].descriptor = .none
    links[place].phase = .closed
    links[place].retryAt = 0
    links[place].partial.removeAll(keepingCapacity: true)
    links[place].unsent.removeAll(keepingCapacity: true)
  }

  /// Opens closed connections whose time has come, unless the run is over.
  mutating func reopenClosed() {
    for place in links.indices
    where links[place].phase == .closed && links[place].retryAt <= now && isNeeded(place) {
      open(place)
    }
  }

  /// Whether a connection has anything to carry, now or later: after the end of the requests, those
  /// for notices have the notices that wait, and those of bids that are still out.
  func isNeeded(_ place: Int) -> Bool {
    if now < end || start == 0 || nextPlanned != nil { return true }
    return links[place].isForNotices && (notices.count > 0 || inFlight > 0)
  }

  /// Whether a moment is measured.
  func isMeasured(_ moment: UInt64) -> Bool {
    start > 0 && moment >= measuredFrom && moment < end
  }

  /// What an event of a connection carries: its place, and which of its sockets it is.
  func token(of place: Int) -> UInt64 {
    UInt64(links[place].generation) << 32 | UInt64(place)
  }

  private mutating func fail(_ place: Int) {
    if start == 0 || isMeasured(now) { recorder.connectFailures += 1 }
    close(place)
    links[place].phase = .closed
    links[place].retryAt = now + LoadLimits.reconnectNanoseconds
  }

  /// Draws when the connection ends: from half to one and a half times what is asked for, so that
  /// those that were opened together do not end together.
  private mutating func setEnd(of place: Int) {
    if let requests = plan.requestsPerConnection {
      links[place].requestsLeft = max(1, Int(Double(requests) * (0.5 + random.unit())))
    }
    if let lifetime = plan.connectionNanoseconds {
      links[place].closesAt = now + UInt64(Double(lifetime) * (0.5 + random.unit()))
    }
  }
}
