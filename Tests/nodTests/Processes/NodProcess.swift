import Foundation
import Support

/// Runs the built `nod` as a child process.
enum NodProcess {
  /// What a process left behind.
  struct Outcome: Sendable {
    let status: Int32
    let output: String
    let errors: String

    /// The lines of standard error.
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
  }

  /// The executable, which the build puts beside the tests.
  static var executable: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("nod")
  }

  /// The executable of the release build, where there is one.
  static var releaseExecutable: URL? {
    let release = buildFolder.deletingLastPathComponent().appendingPathComponent("release/nod")
    return FileManager.default.isExecutableFile(atPath: release.path) ? release : nil
  }

  /// The release build where it is not older than the build of the tests, as after `make test`;
  /// else the executable beside the tests.
  static var newerExecutable: URL {
    guard let release = releaseExecutable, let made = modified(release),
      let other = modified(executable), made >= other
    else { return executable }
    return release
  }

  private static func modified(_ file: URL) -> Date? {
    try? file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
  }

  /// Where the build puts what it makes.
  static var buildFolder: URL { executable.deletingLastPathComponent() }

  /// The environment of the tests without variables that override the configuration.
  static func environment(adding variables: [String: String] = [:]) -> [String: String] {
    ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("NOD_") }
      .merging(variables) { $1 }
  }

  /// Runs a command to its end in a folder.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
    executable: URL = NodProcess.executable
  ) throws -> Outcome {
    let name = UUID().uuidString
    let output = try folder.emptyFile("\(name).out")
    let errors = try folder.emptyFile("\(name).err")
    let status = try ChildProcess.run(
      executable.path, arguments, in: folder.url.path,
      environment: Self.environment(adding: environment), output: output.path, errors: errors.path)
    return Outcome(
      status: status,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}
