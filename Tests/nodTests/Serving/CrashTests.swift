import Foundation
import Support
import Testing

@Suite struct CrashTests {
  private static let kills = 20
  private static let usersOfFile = 400

  /// The lines of a file: each user gets a segment that only this file names, beside 24.
  private static func lines(of file: Int) -> String {
    (0..<usersOfFile).map { "user-\(file)-\($0) 24,\(1_000 + file)\n" }.joined()
  }

  /// The segments of some users, by the command line, which reads while no server runs.
  private static func segments(
    of users: [String], in folder: TemporaryFolder
  ) throws -> [String: [String]] {
    struct Line: Decodable {
      let id: String
      let segments: [String]
    }
    let outcome = try NodProcess.run(
      ["audience", "lookup", "--json", "data"] + users.map { "nod:\($0)" }, in: folder)
    var found: [String: [String]] = [:]
    for line in outcome.output.split(separator: "\n") {
      let entry = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      found[entry.id] = entry.segments
    }
    return found
  }

  /// Kills a server that takes files in, again and again; what a report called stored must be
  /// there, and no file may be there in part.
  @Test func losesNothingThatAReportCalledStored() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      var random = SeededRandom(seed: 20_240_601)
      var next = 0
      for round in 0..<Self.kills {
        let server = try ServerProcess(in: folder)
        for _ in 0..<3 {
          let name = ServingSamples.fileName(timestamp: 1_700_000_000_000 + next)
          try server.drop(Self.lines(of: next).utf8, as: name, source: "aam")
          next += 1
        }
        Foundation.Thread.sleep(forTimeInterval: Double(random.next() % 400) / 1_000)
        let reported = (0..<next).filter { file in
          let name = ServingSamples.fileName(timestamp: 1_700_000_000_000 + file)
          return server.report(of: name, source: "aam")?.lines.stored == Self.usersOfFile
        }
        try server.kill()
        try Self.check(reported: Set(reported), of: next, in: folder, round: round)
      }
      let last = try ServerProcess(in: folder)
      for file in 0..<next {
        let name = ServingSamples.fileName(timestamp: 1_700_000_000_000 + file)
        let report = try last.waitForReport(of: name, source: "aam")
        #expect(report.status == "done", "file \(file)")
      }
      #expect(try last.metrics()["nod_audience_users"] == Double(next * Self.usersOfFile))
      #expect(try last.stop() == 0)
    }
  }

  /// Every file is there as a whole or not at all, and those with a report are there.
  private static func check(
    reported: Set<Int>, of files: Int, in folder: TemporaryFolder, round: Int
  ) throws {
    let probes = [0, 1, usersOfFile / 2, usersOfFile - 1]
    let all = (0..<files).flatMap { file in probes.map { "user-\(file)-\($0)" } }
    let found = try segments(of: all, in: folder)
    for file in 0..<files {
      let users = probes.map { "user-\(file)-\($0)" }
      let complete = users.filter { user in
        Set(found["nod:\(user)"] ?? []) == ["aam:24", "aam:\(1_000 + file)"]
      }
      let empty = users.filter { (found["nod:\($0)"] ?? []).isEmpty }
      #expect(
        complete.count == users.count || empty.count == users.count,
        "round \(round): file \(file) is there in part")
      if reported.contains(file) {
        #expect(complete.count == users.count, "round \(round): file \(file) is lost")
      }
    }
  }
}

/// Numbers that are the same in every run (SplitMix64).
struct SeededRandom {
  private var state: UInt64

  /// The sequence of a seed.
  init(seed: UInt64) { state = seed }

  /// The next number.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
