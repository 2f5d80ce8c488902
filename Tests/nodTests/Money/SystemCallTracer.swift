import Foundation

/// A program that starts a server and interferes with its system calls (`strace`).
struct SystemCallTracer {
  /// Whether it is installed and may trace; containers often forbid it.
  static let isUsable: Bool = {
    guard let path = executable else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-qq", "-o", "/dev/null", "-e", "trace=none", "/bin/true"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  private static let executable = ["/usr/bin/strace", "/bin/strace"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Calls by name, such as `fdatasync`.
  let calls: String
  /// What is done to them, such as `signal=KILL:when=3`.
  let injection: String
  /// The only files whose calls count; all where there is none.
  var files: [String] = []

  /// What goes before the server's own command.
  var command: [String] {
    let options = [
      "-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e",
      "inject=\(calls):\(injection)",
    ]
    return [Self.executable ?? "strace"] + options + files.flatMap { ["-P", $0] }
  }
}
