import Foundation
import Testing

@Suite struct ExitStatusTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.document, to: "acme.yaml")
    try folder.write("documents: [acme.yaml]\nexchanges: [{name: example}]\n", to: "good.yaml")
    try folder.write("exchanges: [{name: example}]\nbidder: {lisen: x}\n", to: "bad.yaml")
    try folder.write("documents: [bad-document.yaml]\n", to: "documents.yaml")
    try folder.write("advertisers: 5\n", to: "bad-document.yaml")
    try folder.write(
      """
      documents: [acme.yaml]
      exchanges: [{name: example}]
      audience:
        sources:
          - {name: s, format: adobe-outbound, id_space: nod, segment_prefix: "s:", advertiser: acne}
      """, to: "stranger.yaml")
  }

  private static let document = """
    advertisers:
      - id: acme
        domain: acme.example
        creatives:
          - {id: c, format: banner, w: 300, h: 250, markup: x, landing_url: https://acme.example/}
        campaigns:
          - id: k
            budget: {total_micros: 1}
            line_items:
              - {id: l, bid: {model: cpm, amount_micros: 1000000}, creatives: [c],
                 targeting: {exchanges: {include: [example]}}}
    """

  private func run(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> NodProcess.Outcome {
    try NodProcess.run(arguments, in: folder, environment: environment)
  }

  @Test func checksConfigurations() throws {
    let good = try run("serve", "--check", "--config", "good.yaml")
    #expect(good.status == 0)
    #expect(good.output == "ok: 1 exchanges, 0 audience sources, 1 line items\n")
    #expect(try run("serve", "--check").status == 0)
  }

  @Test func exitsWith78ForABadConfiguration() throws {
    let bad = try run("serve", "--config", "bad.yaml")
    #expect(bad.status == 78)
    #expect(
      bad.errors == "bad.yaml:2: /bidder/lisen: unknown key `lisen`; did you mean `listen`?\n")
    #expect(bad.output == "")
    let missing = try run("serve", "--config", "missing.yaml")
    #expect(missing.status == 78)
    #expect(missing.errors == "missing.yaml: no such file\n")
  }

  @Test func exitsWith78ForBadDocumentsOfAConfiguration() throws {
    let bad = try run("serve", "--check", "--config", "documents.yaml")
    #expect(bad.status == 78)
    #expect(
      bad.errors == "bad-document.yaml:1: /advertisers: expected a list, found `5`\n")
  }

  @Test func exitsWith78ForASourceOfAnUnknownAdvertiser() throws {
    let stranger = try run("serve", "--check", "--config", "stranger.yaml")
    #expect(stranger.status == 78)
    #expect(
      stranger.errorLines.contains(
        "stranger.yaml: /audience/sources/0/advertiser: no document defines the advertiser "
          + "`acne`; did you mean `acme`?"))
  }

  @Test func exitsWith78ForABadVariable() throws {
    let bad = try run(
      "serve", "--check", "--config", "good.yaml", environment: ["NOD_BIDDER_WORKERS": "none"])
    #expect(bad.status == 78)
    #expect(
      bad.errorLines.contains(
        "NOD_BIDDER_WORKERS: expected auto or a number of threads, found `none`"))
  }

  @Test(arguments: [
    ["serve", "--bogus"], ["bogus"], ["serve", "--config"], ["check"], ["serve", "extra"],
  ])
  func exitsWith64ForWrongArguments(_ arguments: [String]) throws {
    let outcome = try NodProcess.run(arguments, in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("Usage: nod"))
  }

  @Test func checksDocuments() throws {
    let good = try run("check", "acme.yaml")
    #expect(good.status == 0)
    #expect(good.output == "ok: 1 advertisers, 1 campaigns, 1 line items, 1 creatives\n")
    let bad = try run("check", "acme.yaml", "bad-document.yaml")
    #expect(bad.status == 65)
    #expect(
      bad.errorLines.contains("bad-document.yaml:1: /advertisers: expected a list, found `5`"))
    #expect(try run("check", "missing.yaml").status == 65)
  }

  @Test func checksDocumentsAgainstAConfiguration() throws {
    try folder.write("exchanges: [{name: other}]", to: "other.yaml")
    let strange = try run("check", "acme.yaml", "--config", "other.yaml")
    #expect(strange.status == 65)
    #expect(strange.errors.contains("unknown exchange `example`"))
    #expect(try run("check", "acme.yaml", "--config", "good.yaml").status == 0)
    #expect(try run("check", "acme.yaml", "--config", "bad.yaml").status == 78)
  }

  @Test func printsChecksAsJSON() throws {
    let bad = try run("check", "--json", "bad-document.yaml")
    #expect(bad.status == 65)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(bad.output.utf8)) as? [String: Any])
    #expect(object["ok"] as? Bool == false)
    let problems = try #require(object["problems"] as? [[String: Any]])
    #expect(problems.first?["file"] as? String == "bad-document.yaml")
    #expect(problems.first?["line"] as? Int == 1)
    #expect(problems.first?["pointer"] as? String == "/advertisers")
    #expect(problems.first?["severity"] as? String == "error")
  }

  @Test func tellsItsVersion() throws {
    let version = try run("--version")
    #expect(version.status == 0)
    #expect(version.output.hasPrefix("nod "))
  }
}
