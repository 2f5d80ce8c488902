import Foundation
import LinuxIO
import Support

/// `nod serve` as a child process, on free ports and in a folder of its own.
final class ServerProcess {
  /// Why a server is not as a test needs it.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The folder that the server runs in.
  let folder: TemporaryFolder
  /// The port of the data plane.
  let port: UInt16
  /// The port of the control plane.
  let controlPort: UInt16
  private let process: ChildProcess
  private let errorFile: URL

  /// Starts a server and waits until it is ready.
  ///
  /// - Parameter tracer: a program and its arguments that the server is started by, if any.
  init(
    in folder: TemporaryFolder, configuration: String = "nod.yaml",
    currentFolder: URL? = nil, executable: URL = NodProcess.executable,
    tracer: [String] = [], environment: [String: String] = [:]
  ) throws {
    self.folder = folder
    errorFile = try folder.emptyFile("\(UUID().uuidString).err")
    let command = tracer + [executable.path, "serve", "--config", configuration]
    process = try ChildProcess(
      command[0], Array(command.dropFirst()), in: (currentFolder ?? folder.url).path,
      environment: NodProcess.environment(
        adding: ["NOD_BIDDER_LISTEN": "127.0.0.1:0", "NOD_CONTROL_LISTEN": "127.0.0.1:0"]
          .merging(environment) { $1 }),
      errors: errorFile.path)
    (port, controlPort) = try Self.waitForPorts(process, errorFile)
  }

  /// What it wrote to standard error so far.
  var errors: String { (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "" }

  /// Its number.
  var identifier: Int32 { process.identifier }

  /// Sends it a signal.
  func send(_ signal: Int32) { process.send(signal) }

  /// Waits for its end and returns its status; a signal that ended it counts negative.
  func waitUntilExit(seconds: Double = Patience.seconds) throws -> Int32 {
    try wait(seconds: seconds, for: "the end of the server") { !process.isRunning }
    return process.waitUntilExit()
  }

  /// Ends it at once, as a power cut would.
  func kill() throws {
    send(SIGKILL)
    _ = try waitUntilExit()
  }

  /// Ends it as an operator would.
  func stop() throws -> Int32 {
    send(SIGTERM)
    return try waitUntilExit()
  }

  /// Looks every few milliseconds until something is true.
  func wait(
    seconds: Double = Patience.seconds, for what: String, until isTrue: () throws -> Bool
  ) throws {
    let end = Date.now.addingTimeInterval(seconds)
    while try !isTrue() {
      guard Date.now < end else {
        throw Failure(description: "waited \(seconds) s for \(what); the server said: \(errors)")
      }
      Foundation.Thread.sleep(forTimeInterval: 0.005)
    }
  }

  private static func waitForPorts(
    _ process: ChildProcess, _ errorFile: URL
  ) throws -> (bidder: UInt16, control: UInt16) {
    let end = Date.now.addingTimeInterval(Patience.seconds)
    while Date.now < end {
      let text = (try? String(contentsOf: errorFile, encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.contains(" ready: ") }
      if let line, text.hasSuffix("\n"), let bidder = port(after: "bidder 127.0.0.1:", in: line),
        let control = port(after: "control 127.0.0.1:", in: line)
      {
        return (bidder, control)
      }
      guard process.isRunning else {
        throw Failure(description: "ended with \(process.waitUntilExit()): \(text)")
      }
      Foundation.Thread.sleep(forTimeInterval: 0.005)
    }
    throw Failure(description: "not ready in \(Patience.seconds) s")
  }

  private static func port(after label: String, in line: Substring) -> UInt16? {
    guard let range = line.range(of: label) else { return nil }
    return UInt16(line[range.upperBound...].prefix { $0.isNumber })
  }
}
