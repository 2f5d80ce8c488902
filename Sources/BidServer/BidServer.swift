import LinuxIO
import Synchronization
import Telemetry

/// The data plane: one worker thread for each of so many listeners on one port.
package final class BidServer: Sendable {
  /// The port that it listens on.
  package let port: UInt16
  /// What each worker counts.
  package let metrics: [WorkerMetrics]
  private let state = ServerState()
  private let parts: [WorkerParts]
  private let configuration: ServerConfiguration
  private let threads = Mutex<[Thread]>([])

  /// Listens; connections wait until ``start()``.
  ///
  /// - Parameters:
  ///   - wakeUps: what wakes each worker, so that the ledger can; made here where there are none.
  ///   - makeHandler: called once on each worker's thread with the worker's number.
  /// - Throws: where the address cannot be listened at.
  package init(
    _ configuration: ServerConfiguration, wakeUps: [EventSignal] = [],
    makeHandler: @escaping @Sendable (_ worker: Int) -> BidHandler
  ) throws(Errno) {
    precondition(wakeUps.isEmpty || wakeUps.count == configuration.workers)
    var address = configuration.listen
    var parts: [WorkerParts] = []
    var metrics: [WorkerMetrics] = []
    for index in 0..<configuration.workers {
      let listener = try Socket.listening(at: address, sharingPort: true)
      // Those that it accepts have the same.
      try listener.descriptor.setBufferSizes(send: BidServerLimits.sendBufferBytes)
      address = SocketAddress(host: address.host, port: try listener.localPort())
      metrics.append(WorkerMetrics(exchangeCount: configuration.exchanges.count))
      parts.append(
        try WorkerParts(
          index: index, listener: listener,
          wakeUp: wakeUps.isEmpty ? try EventSignal() : wakeUps[index], state: state,
          metrics: metrics[index],
          handlers: makeHandler))
    }
    port = address.port
    self.configuration = configuration
    self.metrics = metrics
    self.parts = parts
  }

  package var workerCount: Int { parts.count }

  /// Starts the workers.
  package func start() throws(Errno) {
    let configuration = configuration
    for parts in parts {
      let thread = try Thread(name: "nod-worker-\(parts.index)") {
        var worker = Worker(parts, configuration)
        worker.run()
      }
      threads.withLock { $0.append(thread) }
    }
  }

  /// Says whether `/readyz` answers 200; it does not from the start.
  package func setReady(_ isReady: Bool) { state.setReady(isReady) }

  /// Whether `/readyz` answers 200.
  package var isReady: Bool { state.isReady }

  /// Drains: `/readyz` answers 503, listeners close, requests at hand are answered as the last of
  /// their connections. Returns when all workers have ended, within 5 s at the default limits.
  package func stop() {
    state.drain()
    for parts in parts { parts.wakeUp.signal() }
    let running = threads.withLock { threads in
      defer { threads = [] }
      return threads
    }
    for thread in running { thread.join() }
  }
}
