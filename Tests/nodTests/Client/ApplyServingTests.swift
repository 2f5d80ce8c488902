import Foundation
import Support
import Testing

/// `nod apply` against a server that bids.
@Suite struct ApplyServingTests {
  private let server: ServerProcess

  init() throws {
    server = try ServerProcess(in: try ServingSamples.folder())
    try server.folder.write(Self.document, to: "fresh.yaml")
  }

  /// A line item for everyone.
  private static let document = """
    advertisers:
      - id: fresh
        domain: fresh.example
        currency: EUR
        creatives:
          - {id: c, format: banner, w: 300, h: 250, markup: x, landing_url: https://a.example/}
        campaigns:
          - id: k
            budget: {total_micros: 1000000000}
            line_items:
              - id: l
                bid: {model: cpm, amount_micros: 4000000}
                creatives: [c]
    """

  private func apply(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> NodProcess.Outcome {
    try NodProcess.run(
      ["apply", "--server", "http://127.0.0.1:\(server.controlPort)"] + arguments,
      in: server.folder, environment: environment)
  }

  @Test func bidsForWhatWasApplied() throws {
    let dry = try apply("--dry-run", "fresh.yaml")
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(dry.output.contains("+ line-item fresh/k/l\n    + /bid/amount_micros: 4.00 EUR\n"))
    #expect(dry.output.hasSuffix("4 to create, 0 to update, 0 to delete, 0 unchanged\n"))
    #expect(try server.post(ServingSamples.request(buyer: "u")).status == 204)
    let applied = try apply("fresh.yaml")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(applied.output.hasSuffix("applied: 4 created, 0 updated, 0 deleted, 0 unchanged\n"))
    try server.wait(for: "a bid of the new line item") {
      try server.post(ServingSamples.request(buyer: "u")).status == 200
    }
    let again = try apply("fresh.yaml", "acme.yaml")
    #expect(again.output == "applied: 0 created, 0 updated, 0 deleted, 8 unchanged\n")
  }

  @Test func replacesAnAdvertiserAsAWholeAndNoOther() throws {
    #expect(try apply("fresh.yaml").status == 0)
    let changed = Self.document.replacing("total_micros: 1000000000", with: "total_micros: 5")
      .replacing("id: l", with: "id: m")
    try server.folder.write(changed, to: "fresh.yaml")
    #expect(
      try apply("fresh.yaml").output == """
        ~ campaign fresh/k
            ~ /budget/total_micros: 1000.00 EUR → 0.000005 EUR
        + line-item fresh/k/m
            + /bid/amount_micros: 4.00 EUR
            + /bid/model: cpm
            + /bid/shading: none
            + /creatives: ["c"]
            + /pacing: even
            + /status: active
        - line-item fresh/k/l
        applied: 1 created, 1 updated, 1 deleted, 2 unchanged

        """)
    #expect(try apply("acme.yaml").output.hasSuffix("0 deleted, 4 unchanged\n"))
  }

  @Test func appliesAllFilesOrNone() throws {
    try server.folder.write(
      Self.document.replacing("fresh", with: "other") + "\n"
        + "            targeting: {exchanges: {include: [nowhere]}}\n", to: "other.yaml")
    let outcome = try apply("fresh.yaml", "other.yaml")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "other.yaml:14: /advertisers/0/campaigns/0/line_items/0/targeting/exchanges/include/0: "
        + "unknown exchange `nowhere`\n")
    #expect(
      try apply("fresh.yaml").output.hasSuffix(
        "applied: 4 created, 0 updated, 0 deleted, 0 unchanged\n"))
  }

  @Test func exitsWith77ForAWrongKey() throws {
    let outcome = try apply("fresh.yaml", environment: ["NOD_KEY": "nod_wrong"])
    #expect(outcome.status == 77)
    #expect(outcome.errors.contains(": 401: "))
  }
}
