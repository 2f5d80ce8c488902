import Foundation
import Testing

@Suite struct AudienceCommandTests {
  private let folder: TemporaryFolder

  private static let full = "ftp_2201_3301_acme_full_1700000000000.sync"
  private static let iter = "ftp_2201_3301_acme_iter_1700003600000.sync"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      data_dir: data
      documents: [acme.yaml]
      audience:
        sources:
          - {name: aam, format: adobe-outbound, id_space: nod, segment_prefix: "aam:"}
          - {name: optout, format: suppression}
        id_spaces: [{name: device, id_format: uuid}]
      exchanges: [{name: example}, {name: other}]
      """, to: "nod.yaml")
    try folder.write(ServingSamples.document(amountMicros: 2_500_000), to: "acme.yaml")
    try folder.write("1 24,26\n2 26\n3 24\n", to: Self.full)
    try folder.write("2 24 26\n4 99\n", to: Self.iter)
    try folder.write("only nonsense here\n", to: "wrong-name.sync")
    try folder.write(ServingSamples.request(buyer: "1"), to: "request.json")
  }

  private func run(_ arguments: String...) throws -> NodProcess.Outcome {
    try NodProcess.run(arguments, in: folder)
  }

  private func build(_ files: String...) throws -> NodProcess.Outcome {
    try NodProcess.run(
      [
        "audience", "build", "--config", "nod.yaml", "--source", "aam", "--out", "snapshot",
        "--json",
      ]
        + files, in: folder)
  }

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func buildsASnapshotThatIsReadAlone() throws {
    let built = try build(Self.iter, Self.full)
    #expect(built.status == 0)
    let figures = try Self.object(built.output)
    #expect(figures["users"] as? Int == 4)
    #expect(figures["memberships"] as? Int == 5)
    #expect(figures["segments"] as? Int == 3)
    #expect((figures["bytes"] as? Int ?? 0) > 0)
    #expect((figures["bytes_per_user"] as? Double ?? 0) > 0)
    #expect((figures["bytes_per_membership"] as? Double ?? 0) > 0)
    #expect((figures["generation"] as? Int ?? 0) > 0)
    #expect((figures["checksums"] as? [String: Any])?.isEmpty == false)
    let info = try run("audience", "info", "--json", "snapshot")
    #expect(info.output == built.output)
    #expect(try run("audience", "info", "snapshot").output.contains("users                 4\n"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("snapshot.building")))
  }

  @Test func makesTheSameUsersUpAsIndexAndAsFile() throws {
    let common = [
      "audience", "synth", "--config", "nod.yaml", "--source", "aam", "--users", "500",
      "--segments", "50", "--mean", "5", "--seed", "9", "--json",
    ]
    let made = try NodProcess.run(common, in: folder)
    #expect(made.status == 0, "\(made.errors)")
    let figures = try Self.object(made.output)
    let info = try Self.object(try run("audience", "info", "--json", "data").output)
    #expect(info["users"] as? Int == 500)
    #expect(info["memberships"] as? Int == figures["memberships"] as? Int)
    let again = try NodProcess.run(common, in: folder)
    #expect(again.status == 73 && again.errors.contains("has 500 users"), "\(again.errors)")
    #expect(try NodProcess.run(common + ["--add"], in: folder).status == 0)
    let name = "ftp_2201_3301_acme_full_1700000000001.sync"
    let written = try NodProcess.run(common + ["--out", name], in: folder)
    #expect(written.status == 0, "\(written.errors)")
    #expect(try build(name).status == 0)
    let lines = try String(contentsOfFile: folder.path(name), encoding: .utf8)
      .split(separator: "\n")
    let id = try #require(lines.last?.split(separator: " ").first)
    #expect(lines.count == 500 && id.utf8.count == 38)
    let inIndex = try run("audience", "lookup", "--json", "data", "nod:\(id)")
    let inFile = try run("audience", "lookup", "--json", "snapshot", "nod:\(id)")
    #expect(inIndex.status == 0 && inIndex.output == inFile.output)
  }

  @Test(arguments: [
    ["--users", "0"], ["--users", "5", "--segments", "9"], ["--users", "5", "--skew", "-1"],
    ["--users", "5", "--source", "optout"],
  ]) func refusesUsersThatCannotBe(_ arguments: [String]) throws {
    let made = try NodProcess.run(
      ["audience", "synth", "--config", "nod.yaml", "--source", "aam"] + arguments, in: folder)
    #expect(made.status == 64)
    #expect(!FileManager.default.fileExists(atPath: folder.path("data/audience")))
  }

  @Test func leavesNothingBehindWhereItCannotWriteTheFile() throws {
    let target = folder.path("taken")
    try FileManager.default.createDirectory(
      atPath: target + "/x", withIntermediateDirectories: true)
    let made = try NodProcess.run(
      [
        "audience", "synth", "--config", "nod.yaml", "--source", "aam", "--users", "5", "--out",
        target,
      ],
      in: folder)
    #expect(made.status == 73, "\(made.errors)")
    #expect(!FileManager.default.fileExists(atPath: target + ".tmp"))
  }

  @Test func looksUpIDs() throws {
    #expect(try build(Self.full, Self.iter).status == 0)
    let found = try run("audience", "lookup", "--json", "snapshot", "nod:1", "nod:2", "nod:9")
    #expect(found.status == 0)
    #expect(
      found.output == """
        {"id":"nod:1","segments":["aam:24","aam:26"]}
        {"id":"nod:2","segments":["aam:24"]}
        {"id":"nod:9","segments":[]}

        """)
    let missing = try run("audience", "lookup", "snapshot", "nod:9", "other:1")
    #expect(missing.status == 1)
    #expect(missing.output == "nod:9  not found\nother:1  not found\n")
    #expect(try run("audience", "lookup", "snapshot", "9").status == 64)
  }

  @Test func refusesWrongFiles() throws {
    let wrong = try build(Self.full, "wrong-name.sync")
    #expect(wrong.status == 65)
    #expect(wrong.errorLines.last?.hasPrefix("wrong-name.sync: ") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path("snapshot")))
    #expect(!FileManager.default.fileExists(atPath: folder.path("snapshot.building")))
    #expect(try build("missing.sync").status == 66)
    let source = try run(
      "audience", "build", "--config", "nod.yaml", "--source", "amm", "--out", "s", Self.full)
    #expect(source.status == 64)
  }

  @Test func findsDamage() throws {
    #expect(try build(Self.full).status == 0)
    var bytes = try Data(contentsOf: folder.url.appendingPathComponent("snapshot"))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: folder.url.appendingPathComponent("damaged"))
    #expect(try run("audience", "info", "damaged").status == 65)
    #expect(try run("audience", "lookup", "damaged", "nod:1").status == 65)
    #expect(try run("audience", "info", "request.json").status == 65)
    #expect(try run("audience", "info", "missing").status == 66)
  }

  @Test func explainsWithoutAnAudience() throws {
    let outcome = try run(
      "explain", "--config", "nod.yaml", "--exchange", "example", "--json", "request.json")
    #expect(outcome.status == 0)
    let report = try Self.object(outcome.output)
    #expect(report["outcome"] as? String == "no-bid")
    #expect(report["reason"] as? String == "audience")
    let lines = try #require(report["line_items"] as? [[String: Any]])
    #expect(lines.map { $0["line_item"] as? String } == ["acme/k/l"])
    let impressions = lines.first?["impressions"] as? [[String: Any]]
    #expect(impressions?.first?["refused"] as? String == "audience")
    #expect(!FileManager.default.fileExists(atPath: folder.path("data")))
  }

  @Test func refusesToExplainNonsense() throws {
    try folder.write("{", to: "broken.json")
    let broken = try run(
      "explain", "--config", "nod.yaml", "--exchange", "example", "broken.json")
    #expect(broken.status == 65)
    #expect(
      try run("explain", "--config", "nod.yaml", "--exchange", "exmple", "request.json").status
        == 64)
    #expect(
      try run("explain", "--config", "nod.yaml", "--exchange", "example", "missing.json").status
        == 66)
  }
}
