import ControlPlane
import Dispatch
import Logging
import ServiceLifecycle
import Synchronization

/// The control plane, run beside the main thread, which starts it, stops it, and never suspends.
final class ControlService: Sendable {
  private let group: ServiceGroup
  private let ended = DispatchSemaphore(value: 0)

  /// Starts the control plane and waits until it listens.
  /// - Returns: the service and the port it listens at.
  /// - Throws: a ``CommandFailure`` when the address cannot be listened at.
  static func started(
    at address: ListenAddress, _ parts: ControlParts
  ) throws -> (service: ControlService, port: UInt16) {
    let logger = Logger(label: "nod.control")
    let outcome = Outcome()
    let plane = ControlPlane(
      host: address.host, port: address.port, logger: logger, parts: parts,
      onListening: { outcome.set(.success(UInt16($0))) })
    let service = ControlService(ServiceGroup(services: [plane], logger: logger))
    service.run { outcome.set(.failure($0)) }
    switch outcome.wait() {
    case .success(let port): return (service, port)
    case .failure(let error):
      throw CommandFailure(status: .unavailable, message: "control.listen \(address): \(error)")
    }
  }

  private init(_ group: ServiceGroup) {
    self.group = group
  }

  private func run(onFailure: @escaping @Sendable (any Error) -> Void) {
    Task.detached { [group, ended] in
      do { try await group.run() } catch { onFailure(error) }
      ended.signal()
    }
  }

  /// Stops it; gives up waiting after a time, as its connections carry nothing that must last.
  func stop(waitMilliseconds: Int) {
    Task.detached { [group] in await group.triggerGracefulShutdown() }
    _ = ended.wait(timeout: .now() + .milliseconds(waitMilliseconds))
  }

  /// What the start came to: the first that is set counts.
  private final class Outcome: Sendable {
    private let result = Mutex<Result<UInt16, any Error>?>(nil)
    private let isSet = DispatchSemaphore(value: 0)

    func set(_ value: Result<UInt16, any Error>) {
      let isFirst = result.withLock { result in
        defer { result = result ?? value }
        return result == nil
      }
      if isFirst { isSet.signal() }
    }

    func wait() -> Result<UInt16, any Error> {
      while true {
        isSet.wait()
        if let value = result.withLock({ $0 }) { return value }
      }
    }
  }
}
