import ArgumentParser
import CampaignDocuments
import Foundation

/// `nod report`: prints what was delivered.
struct ReportCommand: ParsableCommand {
  private static let dimensions = [
    "advertiser", "campaign", "line_item", "creative", "exchange", "size", "hour", "day",
  ]

  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Print what a running server delivered: bids, wins, impressions, clicks, spend.",
    discussion: """
      Days are those of the campaigns' time zones. Exits with 69 when the server cannot be \
      reached and with 77 when the key is missing or may not do this.
      """)

  @OptionGroup var options: ClientOptions

  @Option(
    name: .long,
    help: """
      What has a row of its own: some of \(dimensions.joined(separator: ", ")), separated by \
      commas; an empty text prints totals alone.
      """)
  var by = "campaign"

  @Option(name: .long, help: "The first day, such as 2026-11-01.")
  var from: String?

  @Option(name: .long, help: "The day after the last.")
  var to: String?

  @Option(name: .long, help: "Only this advertiser.")
  var advertiser: String?

  @Option(name: .long, help: "Only this campaign.")
  var campaign: String?

  @Option(name: .long, help: "Only this line item.")
  var lineItem: String?

  @Option(name: .long, help: "Only this creative.")
  var creative: String?

  @Option(name: .long, help: "Only this exchange.")
  var exchange: String?

  @Option(name: .long, help: "Only this size, such as 300x250.")
  var size: String?

  @Flag(name: .long, help: "Print CSV.")
  var csv = false

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func validate() throws {
    for name in groups where !Self.dimensions.contains(name) {
      throw ValidationError(
        "--by: unknown `\(name.quotable)`\(NearestWord.hint(name, among: Self.dimensions))")
    }
    for (option, day) in [("--from", from), ("--to", to)] {
      guard let day else { continue }
      guard day.utf8.count == 10, InstantText.milliseconds("\(day)T00:00:00Z") != nil else {
        throw ValidationError("\(option): `\(day.quotable)` is not a day such as 2026-11-01")
      }
    }
    if csv && json { throw ValidationError("--csv and --json exclude each other") }
  }

  func run() throws {
    do {
      let client = try options.client()
      let answer = try client.send(request)
      if let problem = ServerProblem(answer) {
        for fault in problem.faults { Output.error(fault.detail.quotableText) }
        throw problem.failure(of: client.server)
      }
      try show(answer, server: client.server)
    } catch let failure as CommandFailure {
      Output.error(failure.message)
      throw failure.status.exit
    }
  }

  private var groups: [String] {
    by.split(separator: ",").map { name in
      name.trimmingCharacters(in: .whitespaces).replacing("-", with: "_")
    }
  }

  private var request: ClientRequest {
    let values: [(name: String, value: String?)] = [
      ("group_by", groups.isEmpty ? nil : groups.joined(separator: ",")), ("from", from),
      ("to", to), ("advertiser", advertiser), ("campaign", campaign), ("line_item", lineItem),
      ("creative", creative), ("exchange", exchange), ("size", size),
      ("format", csv ? "csv" : "json"),
    ]
    return ClientRequest(
      path: "/v1/reports/delivery",
      query: values.compactMap { name, value in value.map { (name, $0) } })
  }

  private func show(_ answer: ClientAnswer, server: ServerURL) throws(CommandFailure) {
    if csv {
      let text = answer.text
      return Output.line(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }
    guard let table = DeliveryTable(answer) else {
      throw CommandFailure(
        status: .unavailable, message: "\(server): what answers is no control plane of Nod")
    }
    Output.line(json ? answer.text : table.lines.joined(separator: "\n"))
  }
}
