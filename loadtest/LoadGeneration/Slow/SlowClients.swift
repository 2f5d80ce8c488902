import FixedMemory
import LinuxIO

/// One thread with slow clients.
package struct SlowClients: ~Copyable {
  private struct Client {
    var descriptor = Descriptor.none
    var generation: UInt32 = 0
    var isOpen = false
    var sent = 0
    /// When its next byte is due, or its next attempt to connect.
    var dueAt: UInt64 = 0
  }

  private let plan: SlowPlan
  private var poller: Poller
  private var clients: [Client]
  private var input = FixedBuffer(capacity: 65_536)
  private var now: UInt64
  /// What became of them so far.
  package private(set) var result = SlowResult()

  /// The clients of a plan, not yet connected.
  package init(_ plan: SlowPlan) throws(Errno) {
    self.plan = plan
    poller = try Poller(capacity: 512)
    now = Clock.monotonicNanoseconds()
    clients = [Client](repeating: Client(), count: plan.clients)
    // Their bytes are spread over the time between two.
    let step = plan.byteNanoseconds / UInt64(max(1, plan.clients))
    for place in clients.indices {
      clients[place].dueAt = now + UInt64(place) * min(step, 1_000_000)
    }
  }

  /// Goes on for the time planned, or until the board says stop.
  package mutating func run(board: RunBoard) {
    let end = now + plan.nanoseconds
    while now < end, !board.isStopping {
      let count = poller.wait(timeoutNanoseconds: LoadLimits.sweepNanoseconds)
      now = Clock.monotonicNanoseconds()
      for index in 0..<count { serve(poller.event(at: index)) }
      for place in clients.indices where clients[place].dueAt <= now { act(place) }
    }
    result.connected = clients.count { $0.isOpen }
    for place in clients.indices { close(place) }
  }

  private mutating func serve(_ event: Poller.Event) {
    let place = Int(event.token & 0xFFFF_FFFF)
    guard clients[place].generation == UInt32(event.token >> 32) else { return }
    if !clients[place].isOpen { return finishConnecting(place) }
    if event.isBroken { return end(place) }
    if event.isWritable { sendOpening(place) } else { receive(place, limit: .max) }
  }

  /// Does what is due: connects, or sends or reads a byte.
  private mutating func act(_ place: Int) {
    clients[place].dueAt = now + plan.byteNanoseconds
    guard clients[place].descriptor != .none else { return open(place) }
    guard clients[place].isOpen else { return }
    switch plan.kind {
    case .head, .body: sendByte(place)
    case .answers: receive(place, limit: 1)
    }
  }

  private mutating func open(_ place: Int) {
    do {
      let descriptor = try Socket.connecting(
        to: plan.target,
        receiveBufferBytes: plan.kind == .answers ? LoadLimits.slowReceiveBytes : nil
      ).release()
      clients[place].generation &+= 1
      clients[place].descriptor = descriptor
      clients[place].sent = 0
      try poller.add(descriptor, token: token(place), for: .write)
    } catch {
      result.refused += 1
      close(place)
    }
  }

  private mutating func finishConnecting(_ place: Int) {
    guard clients[place].descriptor.pendingFailure() == nil else {
      result.refused += 1
      return close(place)
    }
    result.opened += 1
    clients[place].isOpen = true
    sendOpening(place)
  }

  /// Sends what comes at once, as far as it is taken.
  private mutating func sendOpening(_ place: Int) {
    guard clients[place].sent < plan.opening.count else { return }
    let opening = plan.opening
    let from = clients[place].sent
    let descriptor = clients[place].descriptor
    switch descriptor.send(opening.rawSpan.slice(from, opening.count - from)) {
    case .bytes(let count): note(count, place)
    case .wouldBlock: break
    case .ended, .failed: return end(place)
    }
    guard clients[place].sent >= plan.opening.count else { return }
    watch(place, for: plan.kind == .answers ? .broken : .read)
  }

  private mutating func sendByte(_ place: Int) {
    let next = clients[place].sent - plan.opening.count
    guard next >= 0, next < plan.rest.count else { return }
    let byte = [plan.rest[next]]
    switch clients[place].descriptor.send(byte.rawSpan) {
    case .bytes(let count): note(count, place)
    case .wouldBlock: break
    case .ended, .failed: end(place)
    }
  }

  private mutating func note(_ count: Int, _ place: Int) {
    clients[place].sent += count
    result.sent += count
  }

  private mutating func receive(_ place: Int, limit: Int) {
    input.removeAll()
    switch clients[place].descriptor.receive(into: &input, limit: limit) {
    case .bytes(let count): result.received += count
    case .wouldBlock: break
    case .ended, .failed: end(place)
    }
  }

  /// The target ended it: it comes again with its next byte.
  private mutating func end(_ place: Int) {
    result.ended += 1
    close(place)
  }

  private mutating func watch(_ place: Int, for interest: Poller.Interest) {
    let descriptor = clients[place].descriptor
    if (try? poller.change(descriptor, token: token(place), for: interest)) == nil { end(place) }
  }

  private mutating func close(_ place: Int) {
    if clients[place].descriptor != .none { clients[place].descriptor.close() }
    clients[place].descriptor = .none
    clients[place].isOpen = false
  }

  private func token(_ place: Int) -> UInt64 {
    UInt64(clients[place].generation) << 32 | UInt64(place)
  }
}
