import ArgumentParser
import CampaignDocuments
import Foundation

/// `nod check`: validates advertiser documents without a server.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validate advertiser documents and print every problem.",
    discussion: """
      Exits with 0 when the files can be applied together and with 65 when they cannot. With a \
      configuration, the exchanges and segments that the documents name are checked too.
      """)

  @Option(name: .long, help: "The configuration whose exchanges and sources are known.")
  var config: String?

  @Flag(name: .long, help: "Print the result as JSON on standard output.")
  var json = false

  @Argument(help: "Advertiser documents, YAML or JSON.")
  var files: [String]

  func run() throws {
    var known = KnownReferences()
    if let config {
      let loaded = Configuration.load(
        path: config, environment: ProcessInfo.processInfo.environment)
      guard let configuration = loaded.configuration else {
        Output.problems(loaded.problems)
        throw ExitStatus.configuration.exit
      }
      known = configuration.knownReferences
    }
    let set = DocumentSet.load(paths: files, known: known)
    let report = CheckReport(set: set)
    if json {
      try Output.json(report)
    } else {
      Output.problems(set.problems)
      if !set.isRejected { Output.line(report.summary) }
    }
    if set.isRejected { throw ExitStatus.dataError.exit }
  }
}

/// The outcome of a check, as `--json` prints it.
struct CheckReport: Encodable {
  /// A problem and its place.
  struct Entry: Encodable {
    let file: String
    let line: Int
    let pointer: String
    let severity: String
    let message: String

    /// The entry of a problem.
    init(_ problem: Problem) {
      file = problem.file
      line = problem.line
      pointer = problem.pointer
      severity = problem.severity == .error ? "error" : "warning"
      message = problem.message
    }
  }

  let ok: Bool
  let advertisers: Int
  let campaigns: Int
  let lineItems: Int
  let creatives: Int
  let problems: [Entry]

  private enum CodingKeys: String, CodingKey {
    case ok, advertisers, campaigns, creatives, problems
    case lineItems = "line_items"
  }

  /// The report of a set that was read.
  init(set: DocumentSet) {
    ok = !set.isRejected
    advertisers = set.advertisers.count
    campaigns = set.advertisers.reduce(0) { $0 + $1.campaigns.count }
    lineItems = set.lineItemCount
    creatives = set.advertisers.reduce(0) { $0 + $1.creatives.count }
    problems = set.problems.map(Entry.init)
  }

  /// One line for people.
  var summary: String {
    "ok: \(advertisers) advertisers, \(campaigns) campaigns, \(lineItems) line items, "
      + "\(creatives) creatives"
  }
}

extension DocumentSet {
  /// The line items of all campaigns.
  var lineItemCount: Int {
    advertisers.reduce(0) { sum, advertiser in
      sum + advertiser.campaigns.reduce(0) { $0 + $1.lineItems.count }
    }
  }
}
