import Foundation
import Testing

@Suite struct ApplyCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("k-secret\n", to: "control.token")
    try folder.write(Self.document("acme"), to: "acme.yaml")
    try folder.write(Self.document("other"), to: "other.yaml")
  }

  private static func document(_ id: String) -> String {
    """
    advertisers:
      - id: \(id)
        domain: \(id).example
        currency: EUR
        creatives:
          - {id: c, format: banner, w: 300, h: 250, markup: x, landing_url: https://a.example/}
        campaigns:
          - id: k
            budget: {total_micros: 1}
            line_items:
              - {id: l, bid: {model: cpm, amount_micros: 1000000}, creatives: [c]}
    """
  }

  private static let result = """
    {"validate_only":false,"summary":{"created":0,"updated":1,"deleted":0,"unchanged":3},\
    "changes":[{"action":"update","kind":"campaign","path":"acme/k","advertiser":"acme","id":"k",\
    "fields":[{"pointer":"/budget/total_micros","before":2000000,"after":1}]}],\
    "warnings":[{"pointer":"/advertisers/1/domain","detail":"odd","line":1}]}
    """

  private func apply(
    _ server: CannedServer, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> NodProcess.Outcome {
    try NodProcess.run(
      ["apply", "--server", server.url] + arguments, in: folder, environment: environment)
  }

  @Test func sendsAllFilesTogetherAndPrintsTheDiff() throws {
    let server = try CannedServer("200 OK", Self.result)
    let outcome = try apply(server, "acme.yaml", "other.yaml")
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        ~ campaign acme/k
            ~ /budget/total_micros: 2.00 EUR → 0.000001 EUR
        applied: 0 created, 1 updated, 0 deleted, 3 unchanged

        """)
    #expect(outcome.errors == "other.yaml:3: /advertisers/0/domain: warning: odd\n")
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /v1/apply?max_changes=1000000")
    #expect(request.has("Authorization: Bearer k-secret"))
    #expect(request.has("Content-Type: application/json"))
    let body = try #require(
      JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? [String: [[String: Any]]])
    #expect(body["advertisers"]?.map { $0["id"] as? String } == ["acme", "other"])
  }

  @Test func asksForADryRun() throws {
    let server = try CannedServer("200 OK", Self.result)
    #expect(try apply(server, "--dry-run", "acme.yaml").status == 0)
    #expect(server.requests.first?.line == "POST /v1/apply?max_changes=1000000&validate_only=true")
  }

  @Test func printsTheServersAnswerAsJSON() throws {
    let server = try CannedServer("200 OK", Self.result)
    let outcome = try apply(server, "--json", "acme.yaml")
    #expect(outcome.output == Self.result + "\n")
  }

  @Test func findsBadDocumentsWithoutTheServer() throws {
    try folder.write(Self.document("acme").replacing("budget:", with: "buget:"), to: "bad.yaml")
    let server = try CannedServer("200 OK", Self.result)
    let outcome = try apply(server, "other.yaml", "bad.yaml")
    #expect(outcome.status == 65)
    #expect(
      outcome.errorLines.contains(
        "bad.yaml:9: /advertisers/0/campaigns/0/buget: unknown key `buget`; did you mean "
          + "`budget`?"))
    #expect(try apply(server, "acme.yaml", "acme.yaml").status == 65)
    #expect(try apply(server, "missing.yaml").errors == "missing.yaml: no such file\n")
    #expect(server.requests.isEmpty)
  }

  @Test func mapsTheServersProblemsToFilesAndLines() throws {
    let server = try CannedServer(
      "422 Unprocessable Content",
      """
      {"type":"about:blank","title":"x","status":422,"detail":"rejected","errors":[\
      {"pointer":"/advertisers/1/campaigns/0/line_items/0/bid/amount_micros","detail":"too much",\
      "line":1},{"pointer":"/advertisers/0/currency","detail":"fixed","line":1},\
      {"pointer":"/advertisers/0/campaigns/0","detail":"missing key `x`","line":1},\
      {"pointer":"","detail":"too many","line":0}]}
      """)
    let outcome = try apply(server, "acme.yaml", "other.yaml")
    #expect(outcome.status == 65)
    #expect(
      outcome.errorLines == [
        "other.yaml:11: /advertisers/0/campaigns/0/line_items/0/bid/amount_micros: too much",
        "acme.yaml:4: /advertisers/0/currency: fixed",
        "acme.yaml:8: /advertisers/0/campaigns/0: missing key `x`",
        "the documents: too many",
      ])
    let json = try apply(server, "--json", "acme.yaml", "other.yaml")
    #expect(json.status == 65)
    #expect(json.output.hasPrefix(#"{"ok":false,"problems":[{"file":"other.yaml","line":11,"#))
  }

  @Test(arguments: [
    ("401 Unauthorized", 77), ("403 Forbidden", 77), ("429 Too Many Requests", 69),
    ("503 Service Unavailable", 69), ("404 Not Found", 69), ("400 Bad Request", 65),
  ])
  func exitsByWhatTheServerSays(_ status: String, _ exit: Int32) throws {
    let server = try CannedServer(status, #"{"title":"x","detail":"No such thing."}"#)
    let outcome = try apply(server, "acme.yaml")
    #expect(outcome.status == exit)
    #expect(outcome.errors == "\(server.url): \(status.prefix(3)): No such thing.\n")
  }

  @Test func exitsWith69WhereNoServerIs() throws {
    let server = try CannedServer(answering: "SSH-2.0-x\r\n\r\n")
    let strange = try apply(server, "acme.yaml")
    #expect(strange.status == 69)
    #expect(strange.errors == "\(server.url): does not speak HTTP\n")
    let page = try CannedServer("200 OK", "<html>")
    #expect(try apply(page, "acme.yaml").status == 69)
    let silent = try NodProcess.run(
      ["apply", "acme.yaml"], in: folder, environment: ["NOD_SERVER": "http://127.0.0.1:1"])
    #expect(silent.status == 69)
    #expect(
      silent.errors
        == "http://127.0.0.1:1: Connection refused; is `nod serve` running there?\n")
  }

  @Test func findsTheKey() throws {
    let server = try CannedServer("200 OK", Self.result)
    try folder.write("from-file" + String(repeating: "\n", count: 4_087), to: "my.key")
    _ = try apply(server, "acme.yaml", environment: ["NOD_KEY": "from-variable"])
    _ = try apply(server, "acme.yaml", environment: ["NOD_KEY_FILE": "my.key"])
    _ = try apply(
      server, "acme.yaml", "--key-file", "my.key", environment: ["NOD_KEY": "from-variable"])
    let keys = server.requests.map { request in
      ["from-variable", "from-file"].first { request.has("Authorization: Bearer \($0)") }
    }
    #expect(keys == ["from-variable", "from-file", "from-file"])
  }

  @Test func exitsWith77WithoutAKey() throws {
    let server = try CannedServer("200 OK", Self.result)
    let missing = try apply(server, "acme.yaml", "--key-file", "none.key")
    #expect(missing.status == 77)
    #expect(missing.errors == "--key-file: none.key: no such file\n")
    try folder.write(String(repeating: "k", count: 4_097), to: "long.key")
    let long = try apply(server, "acme.yaml", "--key-file", "long.key")
    #expect(long.status == 77)
    #expect(long.errors == "--key-file: long.key: is no key\n")
    let wrong = try apply(server, "acme.yaml", environment: ["NOD_KEY": "a\r\nHost: b"])
    #expect(wrong.status == 77)
    #expect(wrong.errors == "NOD_KEY: is no key\n")
    #expect(server.requests.isEmpty)
  }

  @Test func exitsWith64ForAWrongURL() throws {
    let outcome = try NodProcess.run(
      ["apply", "--server", "https://nod.example", "acme.yaml"], in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("https is not spoken"))
  }
}
