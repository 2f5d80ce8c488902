import BenchmarkWorld
import Foundation
import Support
import Testing

/// A world of the benchmarks in a temporary folder, removed with it.
final class SmallWorld {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The executables, which the build puts beside the tests.
  private static let programs =
    Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?
    .bundleURL.deletingLastPathComponent()
    ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

  let folder = FileManager.default.temporaryDirectory
    .appending(path: "nod-benchmarks-\(UUID().uuidString)")

  /// Has make-world make it.
  init(lineItems: Int, users: Int = 500) throws {
    let made = try make(lineItems: lineItems, users: users)
    try #require(made.status == 0, "\(made.output)")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Has make-world make it again.
  func make(lineItems: Int, users: Int) throws -> (status: Int32, output: String) {
    try Self.run(
      Self.root.appending(path: "Benchmarks/world/make-world"),
      [folder.path, "\(lineItems)", "\(users)"],
      environment: ["NOD": Self.programs.appending(path: "nod").path])
  }

  /// Runs the benchmark on it.
  func benchmark(_ arguments: [String]) throws -> (status: Int32, output: String) {
    try Self.run(
      Self.programs.appending(path: "decision-benchmark"),
      arguments + [
        "--world", folder.path, "--body",
        Self.root.appending(path: "Benchmarks/bodies/banner.json").path,
      ])
  }

  /// Runs a program to its end; what it wrote on standard error follows its output.
  static func run(
    _ program: URL, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String) {
    let files = ["out", "err"].map { end in
      FileManager.default.temporaryDirectory.appending(path: "nod-\(UUID().uuidString).\(end)").path
    }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    let status = try ChildProcess.run(
      program.path, arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      output: files[0], errors: files[1])
    let texts = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
    return (status, texts.joined())
  }
}
