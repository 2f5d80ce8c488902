import AuctionTypes
import FixedMemory
import HTTP1
import LinuxIO
import Telemetry

/// One event loop: a listener, the connections it accepted, and all memory that they need.
///
/// A turn goes from top to bottom: wait, accept, read, serve, write, expire. Everything is
/// allocated in ``init``; a request costs one read, one write and a share of a wait.
struct Worker: ~Copyable {
  var poller: Poller
  var listener: Socket?
  let wakeUp: EventSignal
  var connections: ConnectionTable
  /// Parts of requests and answers between two turns.
  var parking: ParkingLot
  /// What a connection without parked bytes is read into.
  var receiveBuffer = FixedBuffer(capacity: BidServerLimits.receiveBytes)
  /// A gzipped body's bytes.
  var inflated: FixedBuffer
  var responder: Responder
  let limits: PhaseLimits
  /// When this turn's wait returned, in nanoseconds of the monotonic clock.
  var now: UInt64
  var arrivals: ArrivalClock
  /// How long a wait looks again and again before it sleeps.
  let busyPollNanoseconds: UInt64
  var acceptsAgainAt: UInt64?
  var drainingSince: UInt64?

  init(_ parts: WorkerParts, _ configuration: ServerConfiguration) {
    let capacity = configuration.limits.connections / configuration.workers
    connections = ConnectionTable(capacity: capacity)
    parking = ParkingLot(connections: capacity, maxBodyBytes: configuration.maxBodyBytes)
    inflated = FixedBuffer(capacity: configuration.maxBodyBytes)
    limits = PhaseLimits(configuration.limits)
    responder = Responder(
      configuration, handler: parts.makeHandler(), state: parts.state, metrics: parts.metrics)
    wakeUp = parts.wakeUp
    busyPollNanoseconds = UInt64(configuration.busyPollMicroseconds) * 1_000
    now = Clock.monotonicNanoseconds()
    arrivals = ArrivalClock(now: now)
    poller = parts.takePoller()
    listener = parts.takeListener()
  }

  /// Serves until the server drains and no connection is left.
  mutating func run() {
    while !isDrained {
      let ready = wait()
      responder.beginTurn(isPressed: arrivals.isPressed)
      for index in 0..<ready { handle(poller.event(at: index)) }
      expire()
      responder.endTurn(connections)
    }
    closeAll()
  }

  /// Waits for events, and notes how old they can be.
  private mutating func wait() -> Int {
    var start = Clock.monotonicNanoseconds()
    // After a full wait it looks once, so that it never sleeps on what was ready before.
    let sleepAt = start &+ (poller.isFull ? max(1, busyPollNanoseconds) : busyPollNanoseconds)
    while start < sleepAt {
      let ready = poller.wait(timeoutMilliseconds: 0)
      now = Clock.monotonicNanoseconds()
      arrivals.waited(from: start, to: now, maySleep: false, sawAll: !poller.isFull)
      if ready > 0 { return ready }
      start = now
    }
    let ready = poller.wait(timeoutMilliseconds: waitMilliseconds)
    now = Clock.monotonicNanoseconds()
    arrivals.waited(from: start, to: now, maySleep: true, sawAll: !poller.isFull)
    return ready
  }

  private mutating func handle(_ event: Poller.Event) {
    if let slot = connections.slot(of: event.token) {
      switch connections[slot].phase {
      case .idle, .head, .body: read(slot)
      case .booking: holdBack(slot, isBroken: event.isBroken)
      case .writing: writeParked(slot, isBroken: event.isBroken)
      case .lingering: readAway(slot)
      }
    } else if event.token == WorkerParts.listenerToken {
      accept()
    } else if event.token == WorkerParts.wakeUpToken {
      wakeUp.clear()
      takeBookings()
      if responder.state.isDraining { startDraining() }
    }
  }

  // MARK: Read

  /// Reads what a connection sent: into the shared buffer, or behind what it has parked.
  private mutating func read(_ slot: Int) {
    let descriptor = connections[slot].descriptor
    let outcome: Descriptor.Transfer
    let isParked = !connections[slot].input.isEmpty
    if isParked {
      guard parking.makeRoom(for: &connections[slot].input) else { return shed(slot) }
      outcome = descriptor.receive(into: &parking, &connections[slot].input)
    } else {
      receiveBuffer.removeAll()
      outcome = descriptor.receive(into: &receiveBuffer)
    }
    let leftSome =
      isParked ? parking.isFull(connections[slot].input) : receiveBuffer.freeCapacity == 0
    noteRead(slot, leftSome: leftSome)
    switch outcome {
    case .bytes: if isParked { serveParked(slot) } else { serveReceived(slot) }
    case .wouldBlock: break
    case .ended, .failed: close(slot)
    }
  }

  /// Notes how old what was just read is, and what that says of what comes next.
  private mutating func noteRead(_ slot: Int, leftSome: Bool) {
    let last = connections[slot].lastRead
    connections[slot].lastRead = ArrivalClock.LastRead(
      at: now, arrival: arrivals.arrival(after: last), leftSome: leftSome)
    if poller.isFull { arrivals.reported(lastReadAt: last.at, now: now) }
  }

  // MARK: Serve

  /// Serves requests from the shared buffer and parks what is left of it.
  private mutating func serveReceived(_ slot: Int) {
    responder.received = Instant(nanoseconds: connections[slot].lastRead.arrival)
    var place = 0
    var step = Responder.Step.partial
    while place < receiveBuffer.count, connections[slot].canAnswer {
      step = responder.serve(receiveBuffer, from: place, &connections[slot], &inflated)
      guard case .consumed(let count) = step else { break }
      place &+= count
      if !responder.hasRoom { flush(slot) }
    }
    if step == .closing { connections[slot].isClosing = true }
    if place < receiveBuffer.count, !connections[slot].isClosing, !connections[slot].isBroken {
      guard parking.park(receiveBuffer, from: place, in: &connections[slot].input) else {
        return shed(slot)
      }
      if step == .chunked { return serveParked(slot) }
    }
    flush(slot)
    settle(slot)
  }

  /// Serves requests from what the connection has parked; their age counts from when the bytes last
  /// read became readable, also where an answer before them waited for the peer.
  mutating func serveParked(_ slot: Int) {
    responder.received = Instant(nanoseconds: connections[slot].lastRead.arrival)
    while !connections[slot].input.isEmpty, connections[slot].canAnswer {
      let step = serveOneParked(slot)
      if step == .closing { connections[slot].isClosing = true }
      guard case .consumed(let count) = step else { break }
      parking.dropFirst(count, of: &connections[slot].input)
      if !responder.hasRoom { flush(slot) }
    }
    flush(slot)
    settle(slot)
  }

  private mutating func serveOneParked(_ slot: Int) -> Responder.Step {
    if !connections[slot].isReadingChunks {
      let step = responder.serve(parking, &connections[slot], &inflated)
      guard step == .chunked else { return step }
      connections[slot].startChunks(limit: responder.maxBodyBytes)
    }
    return serveChunked(slot)
  }

  /// Answers and closes: no block is free for what the connection sent. A bid request whose head
  /// is known gets no bid; of anything else it is not known what it is.
  private mutating func shed(_ slot: Int) {
    if connections[slot].booking == .waiting { return closeAfterBooking(slot) }
    guard connections[slot].output.isEmpty else { return close(slot) }
    if connections[slot].headBytes > 0 {
      responder.shed(exchange: connections[slot].exchange)
    } else {
      _ = responder.refuse(.serviceUnavailable)
    }
    connections[slot].isClosing = true
    flush(slot)
    settle(slot)
  }

  // MARK: Write

  /// Writes what was answered at once; what the kernel does not take is parked.
  mutating func flush(_ slot: Int) {
    let count = responder.output.count
    guard count > 0 else { return }
    var sent = 0
    switch connections[slot].descriptor.send(responder.output.bytes) {
    case .bytes(let bytes): sent = bytes
    case .wouldBlock: break
    case .ended, .failed: connections[slot].isBroken = true
    }
    if sent < count, !connections[slot].isBroken {
      let isParked = parking.park(responder.output, from: sent, in: &connections[slot].output)
      connections[slot].isBroken = !isParked
    }
    responder.output.removeAll()
  }

  /// Goes on with an answer that the peer had no room for, and then with its next requests.
  private mutating func writeParked(_ slot: Int, isBroken: Bool) {
    switch connections[slot].descriptor.send(parking.bytes(connections[slot].output)) {
    case .bytes(let count):
      parking.dropFirst(count, of: &connections[slot].output)
      if connections[slot].output.isEmpty { goOn(slot) }
    case .wouldBlock: if isBroken { close(slot) }
    case .ended, .failed: close(slot)
    }
  }

  /// Puts a connection into the phase that it has come to.
  mutating func settle(_ slot: Int) {
    if connections[slot].isBroken { return close(slot) }
    let old = connections[slot].phase
    let phase = connections[slot].currentPhase
    if phase == old, phase != .idle, !connections[slot].hasNewRequest { return }
    connections[slot].hasNewRequest = false
    connections.move(slot, to: phase, at: now)
    guard phase != old else { return }
    if phase == .lingering { startLingering(slot) }
    watch(slot, for: connections[slot].interest(in: phase))
  }
}
