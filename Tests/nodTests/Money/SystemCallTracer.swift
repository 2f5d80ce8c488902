import Foundation
import Support

/// A program that starts a server and interferes with its system calls (`strace`).
struct SystemCallTracer {
  /// Whether it is installed and may trace; containers often forbid it.
  static let isUsable: Bool = {
    guard let path = executable else { return false }
    let trial = ["-qq", "-o", "/dev/null", "-e", "trace=none", "/bin/true"]
    return (try? ChildProcess.run(path, trial)) == 0
  }()

  private static let executable = ["/usr/bin/strace", "/bin/strace"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Calls by name, such as `fdatasync`.
  let calls: String
  /// What is done to them, such as `signal=KILL:when=3`.
  let injection: String
  /// The only files whose calls count: the journal's.
  let files: [String]

  init(calls: String, injection: String, journalOf folder: TemporaryFolder) {
    self.calls = calls
    self.injection = injection
    files = Self.journalFiles(folder)
  }

  /// What goes before the server's own command; the started process is the server.
  var command: [String] {
    let options = [
      "-D", "-f", "-qqq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e",
      "inject=\(calls):\(injection)",
    ]
    return [Self.executable ?? "strace"] + options + files.flatMap { ["-P", $0] }
  }

  /// The files of the journal that a run may write, as open files and as paths of calls.
  private static func journalFiles(_ folder: TemporaryFolder) -> [String] {
    let names = (0..<80).flatMap { number in
      let digits = String(number)
      let padded = String(repeating: "0", count: 8 - digits.count) + digits
      return ["journal-\(padded).log", "checkpoint-\(padded).ckpt"]
    }
    let ledgers = [folder.url.resolvingSymlinksInPath().path + "/data/ledger", "data/ledger"]
    return ledgers.flatMap { ledger in
      [ledger] + names.flatMap { ["\(ledger)/\($0)", "\(ledger)/\($0).tmp"] }
    }
  }
}
