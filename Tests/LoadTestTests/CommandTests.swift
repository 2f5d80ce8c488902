import Foundation
import LinuxIO
import Support
import Testing

/// The executable from outside: exit codes, and one line of standard error each.
struct CommandTests {
  /// The built executable, beside the test bundle.
  static let program =
    Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?
    .bundleURL.deletingLastPathComponent().appending(path: "nod-load").path
    ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "nod-load").path

  struct Run {
    let status: Int32
    let output: String
    let errors: String
  }

  static func run(_ arguments: [String]) throws -> Run {
    let output = try TemporaryFile("", suffix: ".out")
    let errors = try TemporaryFile("", suffix: ".err")
    let status = try ChildProcess.run(
      program, arguments, output: output.path, errors: errors.path)
    return Run(
      status: status, output: try String(contentsOfFile: output.path, encoding: .utf8),
      errors: try String(contentsOfFile: errors.path, encoding: .utf8))
  }

  static let wrong: [(arguments: [String], message: String)] = [
    (["http://127.0.0.1:9/", "--rate", "fast"], "--rate"),
    (["http://127.0.0.1:9/", "--rat", "5"], "--rat"),
    (["--rate", "5", "--corpus", "/dev/null"], "no target"),
    (["https://127.0.0.1:9/", "--rate", "5"], "TLS is not spoken"),
    (["http://127.0.0.1:9/", "--rate", "5"], "--corpus"),
    (["http://127.0.0.1:9/", "--connections", "0"], "--connections: 0 is not from 1"),
    (["http://127.0.0.1:9/", "--threads", "8", "--connections", "4"], "fewer than --threads"),
    (["http://127.0.0.1:9/", "--skew", "-1"], "--skew"),
    (["http://127.0.0.1:9/", "--header", "X"], "--header"),
    (["http://127.0.0.1:9/", "--header", "Host: a"], "`Host` is written by nod-load itself"),
    (
      ["http://127.0.0.1:9/", "--header", "Accept-Encoding: gzip, br"],
      "nod-load reads gzip and identity alone"
    ),
    (["http://127.0.0.1:9/", "--path", "a"], "--path"),
    (["http://127.0.0.1:9/", "--notice-delay", "9s..1s"], "--notice-delay"),
    (["http://127.0.0.1:9/", "--ids", "a", "--synthetic-users", "5"], "--ids"),
  ]

  static let wrongSlow: [(arguments: [String], message: String)] = [
    (["slow", "http://127.0.0.1:9/", "--corpus", "a"], "--with"),
    (["slow", "http://127.0.0.1:9/", "--corpus", "a", "--with", "tail"], "--with"),
    (
      ["slow", "http://127.0.0.1:9/", "--corpus", "a", "--with", "head", "--clients", "0"],
      "--clients: 0 is not from 1"
    ),
  ]

  @Test(arguments: wrong + wrongSlow) func refusesWrongOptions(
    _ arguments: [String], _ message: String
  ) throws {
    let run = try Self.run(arguments)
    #expect(run.status == 64)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.hasPrefix("nod-load: "))
    #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
  }

  @Test func namesTheLineOfACorpusThatIsWrong() throws {
    let file = try TemporaryFile("{\"id\":\"1\"}\n{\"id\":\n", suffix: ".ndjson")
    let run = try Self.run(["http://127.0.0.1:9/", "--rate", "5", "--corpus", file.path])
    #expect(run.status == 65)
    #expect(run.errors == "nod-load: \(file.path):2: not a JSON object\n")
  }

  @Test func saysThatNothingListens() throws {
    let socket = try Socket.listening(
      at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
    let port = try socket.localPort()
    _ = consume socket
    let file = try TemporaryFile("{\"id\":\"1\"}", suffix: ".json")
    let run = try Self.run(
      ["http://127.0.0.1:\(port)/", "--rate", "5", "--corpus", file.path, "--quiet"])
    #expect(run.status == 69)
    #expect(run.errors == "nod-load: 127.0.0.1:\(port): no connection could be opened\n")
  }

  @Test func helpIsNoError() throws {
    let run = try Self.run(["run", "--help"])
    #expect(run.status == 0 && run.output.contains("--max-p99") && run.errors.isEmpty)
  }
}
