import LinuxIO
import Synchronization
import Telemetry

/// What a worker's thread takes over when it starts.
final class WorkerParts: Sendable {
  let wakeUp: EventSignal
  let state: ServerState
  let metrics: WorkerMetrics
  let index: Int
  private let handlers: @Sendable (Int) -> BidHandler
  private let poller: Mutex<Poller?>
  private let listener: Mutex<Socket?>

  static let listenerToken = UInt64.max
  static let wakeUpToken = UInt64.max - 1

  init(
    index: Int, listener: consuming Socket, wakeUp: EventSignal, state: ServerState,
    metrics: WorkerMetrics, handlers: @escaping @Sendable (Int) -> BidHandler
  ) throws(Errno) {
    self.index = index
    self.state = state
    self.metrics = metrics
    self.handlers = handlers
    self.wakeUp = wakeUp
    let poller = try Poller()
    try poller.add(listener.descriptor, token: Self.listenerToken)
    try poller.add(wakeUp.descriptor, token: Self.wakeUpToken)
    self.poller = Mutex(poller)
    self.listener = Mutex(listener)
  }

  func makeHandler() -> BidHandler { handlers(index) }

  /// The poller, which watches the listener and ``wakeUp``; once.
  func takePoller() -> Poller {
    guard let taken = poller.withLock({ $0.take() }) else {
      preconditionFailure("a worker started twice")
    }
    return taken
  }

  /// The listener, once.
  func takeListener() -> Socket {
    guard let taken = listener.withLock({ $0.take() }) else {
      preconditionFailure("a worker started twice")
    }
    return taken
  }
}
