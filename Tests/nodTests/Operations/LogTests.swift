import Foundation
import Support
import Testing

@testable import nod

@Suite struct LogTests {
  private static func lines(_ server: ServerProcess) throws -> [[String: String]] {
    try server.errors.split(separator: "\n").map {
      try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
    }
    // What libraries and requests write has no event.
    .filter { $0["event"] != nil }
  }

  @Test func writesObjectsWhereNobodyLooks() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(in: folder)
      try folder.write(ServingSamples.document(amountMicros: 3_000_000), to: "acme.yaml")
      try folder.write(
        ServingSamples.configuration.replacing("workers: 2", with: "workers: 1")
          .replacing("{name: quiet}", with: "{name: quiet, seat: s}"), to: "nod.yaml")
      server.send(SIGHUP)
      try server.wait(for: "the reload") { server.errors.contains("reloaded") }
      try folder.write("exchanges: 5", to: "nod.yaml")
      server.send(SIGHUP)
      try server.wait(for: "the refusal") { server.errors.contains("not reloaded") }
      #expect(try server.stop() == 0)
      let lines = try Self.lines(server)
      #expect(
        lines.map { $0["event"] } == [
          "ready", "problem", "reloaded", "problem", "reload_refused", "stopping", "stopped",
        ])
      #expect(lines[0]["bidder"] == "127.0.0.1:\(server.port)")
      #expect(lines[1]["message"]?.contains("`bidder.workers`") == true)
      #expect(lines[2]["changed"] == "exchanges[1]")
      #expect(lines[3]["file"] == "nod.yaml")
      #expect(lines[3]["pointer"] == "/exchanges")
      #expect(lines.allSatisfy { $0["time"] != nil && $0["level"] != nil })
    }
  }

  @Test func writesWordsWhereTheConfigurationSaysSo() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(in: folder, environment: ["NOD_LOG_FORMAT": "text"])
      #expect(server.errors.contains(" notice   nod \(Release.version) ready: "))
      #expect(try server.stop() == 0)
    }
  }

  @Test func changesItsLevelOnHangup() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(in: folder)
      try folder.write(ServingSamples.configuration + "\nlog: {level: warning}\n", to: "nod.yaml")
      server.send(SIGHUP)
      // Of two signals that wait, the kernel hands out SIGHUP before SIGTERM.
      #expect(try server.stop() == 0)
      #expect(!server.errors.contains("\"event\":\"stopped\""))
    }
  }

  @Test func namesWhatChanged() throws {
    let old = try #require(Samples.load("exchanges: [{name: a}, {name: b}]").configuration)
    let new = try #require(
      Samples.load(
        """
        documents: [x.yaml]
        bidder: {public_url: "http://a.example"}
        exchanges: [{name: a}, {name: b, seat: s}]
        currencies: {EUR: 1.5}
        privacy: {gdpr_default: 0}
        log: {level: debug}
        """
      ).configuration)
    #expect(
      new.changes(from: old) == [
        "documents", "bidder.public_url", "exchanges[1]", "currencies", "privacy", "log",
      ])
    #expect(new.changes(from: new) == [])
  }

  @Test(arguments: [
    ("log: {level: loud}", "/log/level"), ("log: {format: xml}", "/log/format"),
    ("log: {levle: info}", "/log/levle"), ("log: info", "/log"),
  ])
  func refusesOtherWords(_ text: String, _ pointer: String) {
    let loaded = Samples.load(text)
    #expect(loaded.configuration == nil)
    #expect(loaded.problems.map { $0.pointer } == [pointer])
  }
}
