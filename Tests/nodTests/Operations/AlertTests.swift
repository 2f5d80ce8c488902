import Foundation
import Support
import Testing

@testable import nod

/// The alert rules, the dashboard and the runbook against a live server and each other.
@Suite struct AlertTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8)
  }

  private static func matches(_ pattern: Regex<(Substring, Substring)>, _ text: String) -> [String]
  {
    text.matches(of: pattern).map { String($0.1) }
  }

  private static func rules() throws -> String { try text("packaging/prometheus/nod.rules.yml") }

  @Test func everyMetricIsOnTheLivePage() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: try ServingSamples.folder())
      var client = try TestClient(port: server.controlPort)
      let page = try client.request("GET", "/metrics").text
      var known: Set<String> = []
      for line in page.split(separator: "\n") where line.hasPrefix("# TYPE ") {
        let words = line.split(separator: " ")
        known.insert(String(words[2]))
        guard words[3] == "histogram" else { continue }
        for part in ["bucket", "sum", "count"] { known.insert("\(words[2])_\(part)") }
      }
      let name = /\b((?:nod|process)_[a-z0-9_]+)\b/
      let documents = try [
        "packaging/prometheus/nod.rules.yml", "packaging/prometheus/nod.rules.test.yml",
        "packaging/grafana/nod.json",
      ].map(Self.text)
      for document in documents {
        let used = Set(Self.matches(name, document))
        #expect(used.count > 20)
        #expect(used.subtracting(known) == [])
      }
      let dashboard = Set(Self.matches(name, documents[2]))
      let families = Set(known.filter { !$0.hasSuffix("_sum") && !$0.hasSuffix("_count") })
      #expect(
        families.filter { !dashboard.contains($0) && !dashboard.contains("\($0)_bucket") } == [],
        "the dashboard leaves these out")
      let described = try Self.text("docs/OPERATIONS.md")
      #expect(
        families.filter { $0.hasPrefix("nod_") && !$0.hasSuffix("_bucket") }
          .filter { !described.contains("`\($0)") } == [], "OPERATIONS.md leaves these out")
      #expect(try server.stop() == 0)
    }
  }

  @Test func everyAlertHasASeverityASummaryARunbookAndATest() throws {
    let rules = try Self.rules()
    let names = Self.matches(/- alert: (\w+)\n/, rules)
    #expect(names.count >= 20)
    #expect(Set(names).count == names.count)
    #expect(Self.matches(/severity: (critical|warning)\}/, rules).count == names.count)
    #expect(Self.matches(/\n +summary: "(.+)"/, rules).count == names.count)
    #expect(
      Self.matches(/runbook: docs\/runbook.md#(\w+)/, rules) == names.map { $0.lowercased() })
    #expect(Self.matches(/\n## (\w+)\n/, try Self.text("docs/runbook.md")) == names)
    let tests = try Self.text("packaging/prometheus/nod.rules.test.yml")
    #expect(Self.matches(/\n +alertname: (\w+)\n +exp_alerts:\n/, tests) == names)
    #expect(Self.matches(/alertname: (\w+), exp_alerts: \[\]/, tests) == names)
  }

  @Test func everyRunbookSectionSaysWhatToLookAtAndWhatToDo() throws {
    let sections = try Self.text("docs/runbook.md").components(separatedBy: "\n## ").dropFirst()
    for section in sections {
      #expect(section.contains("\nLook at:\n\n- "), "\(section.prefix(40))")
      #expect(section.contains("\nDo:\n\n- "), "\(section.prefix(40))")
    }
  }

  @Test func everyEventOfTheLogIsDescribed() throws {
    let page = try Self.text("docs/OPERATIONS.md")
    for event in ServerEvent.allCases { #expect(page.contains("| `\(event.rawValue)` |")) }
  }
}
