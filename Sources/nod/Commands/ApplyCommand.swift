import ArgumentParser
import CampaignDocuments
import Foundation

/// `nod apply`: hands advertiser documents to a running server and prints what changes.
struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Apply advertiser documents to a running server and print what changes.",
    discussion: """
      All files are applied together or not at all. Each advertiser in them is replaced as a \
      whole, with its creatives, campaigns and line items; advertisers that are in none of them \
      stay as they are. Exits with 65 when the documents are rejected, with 69 when the server \
      cannot be reached and with 77 when the key is missing or may not do this.
      """)

  @OptionGroup var options: ClientOptions

  @Flag(name: .long, help: "Check and compare everything, change nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Print the result as JSON on standard output.")
  var json = false

  @Argument(help: "Advertiser documents, YAML or JSON.")
  var files: [String]

  func run() throws {
    do {
      try apply()
    } catch let failure as CommandFailure {
      Output.error(failure.message)
      throw failure.status.exit
    }
  }

  private func apply() throws {
    let documents = files.map(ParsedDocument.init(path:))
    let set = DocumentSet.load(documents: documents)
    guard !set.isRejected else { throw try rejected(set.problems) }
    let bundle = DocumentBundle(documents)
    guard bundle.json.count <= ClientLimits.documentBytes else {
      throw CommandFailure(
        status: .dataError,
        message: "the documents are \(bundle.json.count) bytes as JSON; a server takes at most "
          + "\(ClientLimits.documentBytes) at a time")
    }
    let client = try options.client()
    let answer = try client.send(
      ClientRequest(
        method: "POST", path: "/v1/apply",
        query: [("max_changes", "\(ClientLimits.listedChanges)")]
          + (dryRun ? [("validate_only", "true")] : []),
        body: ("application/json", bundle.json)))
    if let problem = ServerProblem(answer) {
      guard problem.exitStatus == .dataError, !problem.faults.isEmpty else {
        throw problem.failure(of: client.server)
      }
      throw try rejected(problem.faults.map { bundle.problem(at: $0.pointer, message: $0.detail) })
    }
    try show(answer, of: bundle, set.advertisers, server: client.server)
  }

  private func show(
    _ answer: ClientAnswer, of bundle: DocumentBundle, _ advertisers: [Advertiser],
    server: ServerURL
  ) throws(CommandFailure) {
    guard let result = ApplyAnswer(answer) else {
      throw CommandFailure(
        status: .unavailable, message: "\(server): what answers is no control plane of Nod")
    }
    guard !json else { return Output.line(answer.text) }
    Output.problems(
      result.warnings.map {
        bundle.problem(at: $0.pointer, message: $0.detail, severity: .warning)
      })
    let currencies = Dictionary(advertisers.map { ($0.id, $0.currency) }) { first, _ in first }
    let diff = ApplyDiff(result, currencies: currencies, hasColour: Output.hasColour)
    Output.line(diff.lines.joined(separator: "\n"))
  }

  /// Prints the problems and gives the exit of documents that are rejected.
  private func rejected(_ problems: [Problem]) throws -> any Error {
    if json {
      try Output.json(Rejection(problems: problems.map(CheckReport.Entry.init)))
    } else {
      Output.problems(problems)
    }
    return ExitStatus.dataError.exit
  }

  /// What `--json` prints of documents that are rejected.
  private struct Rejection: Encodable {
    let ok = false
    let problems: [CheckReport.Entry]

    private enum CodingKeys: String, CodingKey {
      case ok, problems
    }
  }
}
