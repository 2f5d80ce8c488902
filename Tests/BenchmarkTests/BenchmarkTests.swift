import BenchmarkWorld
import Foundation
import Testing

/// The benchmarks run in small, so that they can be run at all.
struct BenchmarkTests {
  @Test func eachWayOfMeasuringNamesItsFigures() throws {
    let small = try SmallWorld(lineItems: 100)
    let few = ["--requests", "20", "--warm-up", "20", "--users", "10"]
    let modes = [
      ("times", ["mean", "p50", "p99", "p99.9", "idle_p99.9"]),
      ("stages", ["decode", "look_up", "encode", "clock"]),
      ("loop", []),
    ]
    for (mode, names) in modes {
      let run = try small.benchmark([mode, "--cold"] + few)
      #expect(run.status == 0, "\(run.output)")
      let lines = run.output.split(separator: "\n").map { $0.split(separator: "\t") }
      for asked in RequestCase.allCases {
        let own = lines.filter { $0.first == asked.rawValue[...] }
        for name in names + ["answer_bytes", "checksum"] {
          #expect(own.contains { $0.count == 3 && $0[1] == name[...] }, "\(mode): \(name)")
        }
      }
    }
  }

  @Test(arguments: [["times", "--requests", "0"], ["gauge"], ["times", "--case", "no"]])
  func refusesWrongOptions(_ arguments: [String]) throws {
    let small = try SmallWorld(lineItems: 10)
    #expect(try small.benchmark(arguments).status == 64)
  }

  @Test func namesWhatIsNoWorld() throws {
    let small = try SmallWorld(lineItems: 10)
    try Data("12\n345\n".utf8).write(to: small.folder.appending(path: "known-ids"))
    let run = try small.benchmark(["loop"])
    #expect(run.status != 0)
    #expect(run.output.contains("known-ids: not ids of one length"))
  }

  static let figures: [(threshold: String, figure: String, status: Int32, says: String)] = [
    ("decode\t1000", "decode\t1029", 0, "within"),
    ("decode\t1000", "decode\t1031", 1, "slower: bid, 10 line items, decode: 1031"),
    ("decode\t1000", "decode\t930", 0, "faster: bid, 10 line items, decode: 930"),
    ("token\t100", "token\t116", 0, "within"),
    ("allocations\t0", "allocations\t1", 1, "allocates"),
    ("decode\t1000", "encode\t5", 1, "no threshold"),
  ]

  @Test(arguments: figures)
  func figuresAreHeldToThresholds(
    threshold: String, figure: String, status: Int32, says: String
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "nod-thresholds-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try [threshold, figure].enumerated().map { number, line in
      let file = folder.appending(path: "\(number)")
      try Data("# case\nbid\t10\t\(line)\n".utf8).write(to: file)
      return file.path
    }
    let run = try SmallWorld.run(
      SmallWorld.root.appending(path: "Benchmarks/compare-thresholds"), files + ["3"])
    #expect(run.status == status)
    #expect(run.output.contains(says), "\(run.output)")
  }
}
