import Foundation
import Support
import Testing

@Suite struct AuditCommandTests {
  private struct Report: Decodable {
    let ok: Bool
    let entries: Int
    let head: String
    let fault: String?
  }

  /// Makes a key, which is an entry of the log.
  private static func makeKey(_ server: ServerProcess) throws {
    let token = try String(contentsOfFile: server.folder.path("control.token"), encoding: .utf8)
    var client = try TestClient(port: server.controlPort)
    let answer = try client.request(
      "POST", "/v1/keys",
      headers: ["Authorization: Bearer \(token.trimmingCharacters(in: .whitespacesAndNewlines))"],
      body: Array(#"{"name":"n","role":"viewer","advertisers":null}"#.utf8))
    #expect(answer.status == 201)
  }

  private static func verify(
    _ folder: TemporaryFolder, _ options: String...
  ) throws -> (status: Int32, report: Report) {
    let outcome = try NodProcess.run(["audit", "verify", "data", "--json"] + options, in: folder)
    return (
      outcome.status, try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    )
  }

  @Test func verifiesBesideTheServerAndAfterIt() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: ServingSamples.folder())
      let folder = server.folder
      let start = try Self.verify(folder)
      #expect(start.status == 0 && start.report.ok)
      for _ in 0..<3 { try Self.makeKey(server) }
      let live = try Self.verify(folder, "--head", start.report.head)
      #expect(live.status == 0 && live.report.entries == start.report.entries + 3)
      try Self.makeKey(server)
      try server.kill()
      let dead = try Self.verify(folder, "--head", live.report.head)
      #expect(dead.status == 0 && dead.report.entries == live.report.entries + 1)
      let plain = try NodProcess.run(["audit", "verify", "data"], in: folder)
      #expect(plain.output == "\(dead.report.entries) entries fit, head \(dead.report.head)\n")
      let other = String(repeating: "ab", count: 32)
      let foreign = try Self.verify(folder, "--head", other)
      #expect(foreign.status == 65 && !foreign.report.ok)
      #expect(foreign.report.fault?.contains(other) == true)
    }
  }

  @Test func tellsWhatItCannotRead() throws {
    let folder = try TemporaryFolder()
    let missing = try NodProcess.run(["audit", "verify", "data"], in: folder)
    #expect(missing.status == 66 && missing.errors.contains("data/control.sqlite"))
    try folder.write(String(repeating: "no database ", count: 100), to: "data/control.sqlite")
    let damaged = try NodProcess.run(["audit", "verify", "data"], in: folder)
    #expect(damaged.status == 65 && damaged.errors.contains("data/control.sqlite"))
    let head = try NodProcess.run(["audit", "verify", "data", "--head", "xyz"], in: folder)
    #expect(head.status == 64)
  }
}
