import Foundation
import LinuxIO

/// `nod serve` as a child process.
final class Bidder {
  private let process = Process()

  /// Starts it; what it says goes to standard error.
  init(executable: String, configuration: String) throws {
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = ["serve", "--config", configuration]
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch {
      throw Failure("\(executable) cannot be started; `make run` builds it")
    }
  }

  /// Whether it has not ended.
  var isRunning: Bool { process.isRunning }

  /// Waits until it is ready for requests.
  func waitUntilReady(port: UInt16, seconds: Double) throws {
    try Patience.wait(seconds: seconds, for: "the bidder to be ready") {
      guard isRunning else {
        throw Failure("the bidder ended with \(process.terminationStatus) before it was ready")
      }
      guard var connection = try? Connection(port: port) else { return false }
      return try connection.get("/readyz").status == 200
    }
  }

  /// Asks it to end and waits; anything but a clean end is a failure.
  func stop() throws {
    process.terminate()
    try waitUntilEnded(seconds: 10)
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw Failure("the bidder ended with \(process.terminationStatus)")
    }
  }

  /// Ends it in any case.
  func end() {
    guard isRunning else { return }
    process.terminate()
    do { try waitUntilEnded(seconds: 10) } catch { kill(process.processIdentifier, SIGKILL) }
  }

  private func waitUntilEnded(seconds: Double) throws {
    try Patience.wait(seconds: seconds, for: "the bidder to end") { !isRunning }
  }
}

/// Waits for something to become true.
enum Patience {
  /// Looks every few milliseconds; fails when the time is over.
  static func wait(seconds: Double, for what: String, until isTrue: () throws -> Bool) throws {
    let end = Date.now.addingTimeInterval(seconds)
    while true {
      if try isTrue() { return }
      guard Date.now < end else { throw Failure("waited \(Int(seconds)) s for \(what)") }
      Foundation.Thread.sleep(forTimeInterval: 0.01)
    }
  }
}
