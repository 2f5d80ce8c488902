import FixedMemory
import LinuxIO

/// How connections begin and end.
extension Worker {
  // MARK: Accept

  mutating func accept() {
    for _ in 0..<BidServerLimits.acceptsPerTurn {
      do throws(Errno) {
        guard let descriptor = try listener?.descriptor.accept() else { return }
        open(descriptor)
      } catch {
        // No descriptor or memory is left: an idle connection makes room, or the listener rests.
        guard let idle = connections.oldest(in: .idle) else { return restListener() }
        close(idle)
      }
    }
  }

  /// Takes a connection up; at the limit the oldest idle one makes room, and where all are busy
  /// the new one is refused.
  private mutating func open(_ descriptor: Descriptor) {
    if connections.isFull, let idle = connections.oldest(in: .idle) { close(idle) }
    guard let slot = connections.open(descriptor, at: now) else { return descriptor.close() }
    do throws(Errno) {
      try poller.add(descriptor, token: connections[slot].token)
    } catch {
      close(slot)
    }
  }

  private mutating func restListener() {
    guard acceptsAgainAt == nil, let descriptor = listener?.descriptor else { return }
    try? poller.remove(descriptor)
    acceptsAgainAt = now &+ BidServerLimits.acceptPauseNanoseconds
  }

  private mutating func wakeListener() {
    acceptsAgainAt = nil
    guard let descriptor = listener?.descriptor else { return }
    do throws(Errno) {
      try poller.add(descriptor, token: WorkerParts.listenerToken)
    } catch {
      acceptsAgainAt = now &+ BidServerLimits.acceptPauseNanoseconds
    }
  }

  // MARK: Close

  /// Drops a connection and all that it holds.
  mutating func close(_ slot: Int) {
    parking.release(&connections[slot].input)
    parking.release(&connections[slot].output)
    connections[slot].descriptor.close()
    connections.close(slot)
  }

  /// Closes the sending side after the last answer. A close while the peer still sends would
  /// reset the connection, and the peer might never see the answer.
  mutating func startLingering(_ slot: Int) {
    parking.release(&connections[slot].input)
    connections[slot].descriptor.finishSending()
  }

  /// Reads what a peer still sends after its last answer, to no end.
  mutating func readAway(_ slot: Int) {
    receiveBuffer.removeAll()
    switch connections[slot].descriptor.receive(into: &receiveBuffer) {
    case .bytes, .wouldBlock: break
    case .ended, .failed: close(slot)
    }
  }

  /// Has the poller report something else of a connection than it does now.
  mutating func watch(_ slot: Int, for interest: Poller.Interest) {
    guard connections[slot].interest != interest else { return }
    if interest == .read { connections[slot].lastRead.resume(at: now) }
    connections[slot].interest = interest
    let descriptor = connections[slot].descriptor
    do throws(Errno) {
      try poller.change(descriptor, token: connections[slot].token, for: interest)
    } catch {
      close(slot)
    }
  }

  /// Ends all connections; notices that still wait are told that nothing is known to be booked.
  mutating func closeAll() {
    while let slot = connections.oldest(in: .booking) { refuseBooking(slot) }
    for phase in Connection.Phase.allCases {
      while let slot = connections.oldest(in: phase) { close(slot) }
    }
  }

  // MARK: Expire

  /// Closes connections whose phase has lasted too long.
  mutating func expire() {
    for phase in PhaseLimits.all {
      while let slot = connections.oldest(in: phase), deadline(of: slot) <= now {
        if phase == .booking { refuseBooking(slot) } else { close(slot) }
      }
    }
    if let time = acceptsAgainAt, time <= now { wakeListener() }
    if let since = drainingSince, since &+ limits.drainIdle <= now { finishIdle() }
  }

  private func deadline(of slot: Int) -> UInt64 {
    connections[slot].since &+ limits[connections[slot].phase]
  }

  /// How long the next wait may last: until the next connection expires.
  var waitMilliseconds: Int32 {
    var next = UInt64.max
    for phase in PhaseLimits.all {
      if let slot = connections.oldest(in: phase) { next = min(next, deadline(of: slot)) }
    }
    if let time = acceptsAgainAt { next = min(next, time) }
    if let since = drainingSince {
      next = min(next, since &+ limits.drain)
      if since &+ limits.drainIdle > now { next = min(next, since &+ limits.drainIdle) }
    }
    guard next != .max else { return -1 }
    guard next > now else { return 0 }
    return Int32(clamping: (next &- now &+ 999_999) / 1_000_000)
  }

  // MARK: Drain

  /// Takes up what waits to be accepted and closes the listener; requests at hand and on their way
  /// are still answered, each as the last one of its connection.
  mutating func startDraining() {
    guard drainingSince == nil else { return }
    drainingSince = now
    for _ in 0..<(LinuxIOLimits.backlog / Int32(BidServerLimits.acceptsPerTurn)) { accept() }
    listener = nil
    acceptsAgainAt = nil
  }

  /// Whether draining is over.
  var isDrained: Bool {
    guard let drainingSince else { return false }
    return connections.count == 0 || drainingSince &+ limits.drain <= now
  }

  private mutating func finishIdle() {
    while let slot = connections.oldest(in: .idle) {
      connections[slot].isClosing = true
      settle(slot)
    }
  }
}
