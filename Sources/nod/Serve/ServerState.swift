import LinuxIO
import Synchronization
import Telemetry

/// What a running server says of itself to whoever reads its metrics.
final class ServerState: Sendable {
  private let reload: Mutex<(isDone: Bool, seconds: Int64)>
  private let folder: String

  /// The state of a server that has just started on a data folder.
  init(folder: String) {
    self.folder = folder
    reload = Mutex((true, Clock.realtimeMilliseconds() / 1_000))
  }

  /// Notes what came of a reload.
  func note(reloaded isDone: Bool) {
    reload.withLock { reload in
      reload.isDone = isDone
      if isDone { reload.seconds = Clock.realtimeMilliseconds() / 1_000 }
    }
  }

  /// The state as metrics show it.
  func metrics(isReady: Bool, controlAnswers: [(String, Int)]) -> MetricsPage.State {
    var state = MetricsPage.State()
    state.isReady = isReady
    (state.isReloaded, state.reloadedSeconds) = reload.withLock { $0 }
    state.freeBytes = try? FileSystem.of(folder).availableBytes
    state.controlAnswers = controlAnswers
    return state
  }
}
