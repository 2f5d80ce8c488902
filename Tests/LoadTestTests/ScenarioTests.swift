import Foundation
import Testing

@testable import nod_load

/// Options and files that are refused, each with one line that names the place.
struct ScenarioTests {
  @Test func optionsOfTheScenarioComeBeforeThoseOfTheCommandLine() throws {
    let file = try TemporaryFile(
      """
      target: http://127.0.0.1:1/openrtb2/a
      rate: 2k
      path: [/a=3, /b]
      poisson: true
      gzip: false
      """)
    let arguments = try Scenario.expanded(["run", "--scenario", file.path, "--rate", "5"])
    #expect(
      arguments == [
        "run", "http://127.0.0.1:1/openrtb2/a", "--path", "/a=3", "--path", "/b", "--poisson",
        "--scenario", file.path, "--rate", "5",
      ])
    let command = try RunCommand.parse(Array(arguments.dropFirst()))
    #expect(command.rate?.perSecond == 5 && command.poisson)
    #expect(command.requests.path.map { $0.path.weight } == [3, 1])
  }

  static let replaced: [(arguments: [String], expected: [String])] = [
    (["--path=/c"], ["--rate", "2k", "--header", "A: 1", "--ids", "x"]),
    (["--path", "/c", "--path", "/d"], ["--rate", "2k", "--header", "A: 1", "--ids", "x"]),
    (["--ramp", "1..5"], ["--path", "/a", "--path", "/b", "--header", "A: 1", "--ids", "x"]),
    (["--closed", "--header", "B: 1"], ["--path", "/a", "--path", "/b", "--ids", "x"]),
    (
      ["--synthetic-users", "5"],
      ["--rate", "2k", "--path", "/a", "--path", "/b", "--header", "A: 1"]
    ),
  ]

  @Test(arguments: replaced) func whatTheCommandLineNamesReplacesTheScenarios(
    _ arguments: [String], _ expected: [String]
  ) throws {
    let file = try TemporaryFile("rate: 2k\npath: [/a, /b]\nheader: ['A: 1']\nids: x\n")
    let expanded = try Scenario.expanded(["--scenario", file.path] + arguments)
    #expect(expanded == expected + ["--scenario", file.path] + arguments)
  }

  static let refused: [(text: String, message: String)] = [
    ("rate: 5\nratee: 6\n", "2: Unknown option '--ratee'. Did you mean '--rate'?"),
    ("duration: 10s\nmax-p99: soon\n", "2: "),
    ("- rate\n", " a scenario is a map of options"),
    ("rate: [1, {a: 2}]\n", "1: `rate` wants a value or a list of them"),
    ("rate: {a: 2}\n", "1: `rate` wants a value or a list of them"),
    ("rate: 'a\n", " "),
  ]

  @Test(arguments: refused) func namesTheLineThatIsWrong(_ text: String, _ message: String) throws {
    let file = try TemporaryFile(text)
    let failure = #expect(throws: LoadFailure.self) {
      try Scenario.expanded(["--scenario=\(file.path)"])
    }
    #expect(failure?.status == 65)
    #expect(failure?.message.hasPrefix(file.path + ":" + message) == true, "\(failure!.message)")
    #expect(failure?.message.contains("\n") == false)
  }

  @Test func aMissingScenarioIsSaid() {
    let failure = #expect(throws: LoadFailure.self) {
      try Scenario.expanded(["--scenario", "/nowhere.yaml"])
    }
    #expect(failure?.message == "/nowhere.yaml: no such file, or not readable")
  }
}

/// A file in the temporary folder, removed with the value.
final class TemporaryFile: Sendable {
  let path: String

  init(_ text: String, suffix: String = ".yaml") throws {
    path = NSTemporaryDirectory() + "/nod-load-\(UUID().uuidString)\(suffix)"
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
