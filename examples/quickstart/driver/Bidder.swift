import Foundation
import LinuxIO

/// `nod serve` as a child process, in a process group of its own: Ctrl-C at the terminal reaches
/// the quickstart alone, which passes it on.
///
/// The child inherits that the signals of ``SignalSource`` are blocked, so that one which comes
/// before the server listens to them waits for it.
final class Bidder {
  /// What is promised for a clean end, in seconds.
  private static let stopSeconds = 5
  /// As many lines of the log as say why a start failed.
  private static let tellingLines = 20

  /// The file of what it says.
  let log: String
  private let process = Process()

  /// Starts it.
  init(
    executable: String, configuration: String, environment: [String: String], log: String
  ) throws {
    guard FileManager.default.createFile(atPath: log, contents: nil),
      let output = FileHandle(forWritingAtPath: log)
    else { throw Failure("\(log) cannot be written") }
    self.log = log
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = ["serve", "--config", configuration]
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    do { try process.run() } catch {
      throw Failure("\(executable) cannot be started; `make run` builds it")
    }
  }

  /// Whether it has not ended.
  var isRunning: Bool { process.isRunning }

  /// Waits until it is ready for requests.
  func waitUntilReady(_ address: SocketAddress, _ patience: Patience) throws {
    try patience.wait(seconds: 30, for: "the bidder to be ready") {
      guard isRunning else {
        throw Failure("the bidder ended with \(process.terminationStatus) before it was ready")
      }
      guard var connection = try? Connection(to: address) else { return false }
      return try connection.get("/readyz").status == 200
    }
  }

  /// Asks it to end and waits; anything but a clean end in time is a failure.
  func stop() throws {
    process.terminate()
    guard hasEnded(within: Self.stopSeconds) else {
      throw Failure("the bidder did not end within \(Self.stopSeconds) s")
    }
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw Failure("the bidder ended with \(process.terminationStatus) when asked to stop")
    }
  }

  /// Ends it in any case after a failure, and says what it said last.
  func end(tellingWhy: Bool) {
    if isRunning { process.terminate() }
    if !hasEnded(within: Self.stopSeconds) { kill(process.processIdentifier, SIGKILL) }
    guard tellingWhy, let said = try? String(contentsOfFile: log, encoding: .utf8) else { return }
    let last = said.split(separator: "\n").suffix(Self.tellingLines).joined(separator: "\n")
    guard !last.isEmpty else { return }
    FileHandle.standardError.write(Data("the end of \(log):\n\(last)\n".utf8))
  }

  /// Waits without listening to signals: a second Ctrl-C does not make it faster.
  private func hasEnded(within seconds: Int) -> Bool {
    let end = Clock.monotonicNanoseconds() + UInt64(seconds) * 1_000_000_000
    while isRunning {
      guard Clock.monotonicNanoseconds() < end else { return false }
      usleep(10_000)
    }
    return true
  }
}
