import LinuxIO

/// Connections that wait for the ledger: a billing notice is answered once its record is durable.
///
/// One notice of a connection waits at a time, and requests behind it stay unread, so answers keep
/// their order. The ledger answers to a connection's token: one that has closed meanwhile, or whose
/// slot is another's, is not found.
extension Worker {
  /// Answers the notices that the ledger has judged.
  mutating func takeBookings() {
    while let answer = responder.handler.notices.nextAnswer() {
      guard let slot = connections.slot(of: answer.connection),
        connections[slot].booking == .waiting
      else { continue }
      connections[slot].booking = answer.result == .unavailable ? .refused : .booked
      if connections[slot].output.isEmpty { goOn(slot) }
    }
  }

  /// Goes on where all that was answered is sent: with the answer to a notice that was judged
  /// meanwhile, then with the requests behind it.
  mutating func goOn(_ slot: Int) {
    responder.answerBooking(&connections[slot])
    serveParked(slot)
  }

  /// Stops reading from a connection that has sent more while its notice waits.
  mutating func holdBack(_ slot: Int, isBroken: Bool) {
    if isBroken { close(slot) } else { watch(slot, for: .broken) }
  }

  /// Gives up waiting: it is not known whether the notice is booked, and asking again does no harm.
  mutating func refuseBooking(_ slot: Int) {
    connections[slot].booking = .refused
    connections[slot].afterBooking = .close
    goOn(slot)
  }

  /// Makes the notice that waits the connection's last: there is no memory for what it sent behind.
  mutating func closeAfterBooking(_ slot: Int) {
    connections[slot].afterBooking = .close
    flush(slot)
    settle(slot)
  }
}
