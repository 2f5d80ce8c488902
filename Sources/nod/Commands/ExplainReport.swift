import AuctionTypes
import BidEngine
import CampaignDocuments
import Foundation
import OpenRTB

/// Why each line item would or would not bid, as `nod explain` prints it.
struct ExplainReport: Encodable {
  /// A line item and what became of it at each impression.
  struct Line: Encodable {
    let lineItem: String
    let impressions: [Verdict]

    private enum CodingKeys: String, CodingKey {
      case lineItem = "line_item"
      case impressions
    }
  }

  /// What became of a line item at an impression: a price, or the first stage that refused it.
  struct Verdict: Encodable {
    let bid: Double?
    let refused: String?
  }

  let exchange: String
  let outcome: String
  let reason: String?
  let currency: String?
  /// What budgets the line items were held to.
  let money: String
  let lines: [Line]
  private let response: [UInt8]

  private enum CodingKeys: String, CodingKey {
    case exchange, outcome, reason, currency, money, response
    case lines = "line_items"
  }

  /// The report of an explanation.
  init(_ explanation: Explanation, exchange: String, money: String) {
    self.exchange = exchange
    self.money = money
    response = explanation.response
    currency = explanation.outcome == .bid ? explanation.currency.description : nil
    switch explanation.outcome {
    case .bid: (outcome, reason) = ("bid", nil)
    case .noBid(let why): (outcome, reason) = ("no-bid", "\(why.name)")
    case .malformed(let rule): (outcome, reason) = ("malformed", "\(rule)")
    }
    lines = explanation.lines.map { line in
      Line(lineItem: line.path, impressions: line.verdicts.map(Verdict.init))
    }
  }

  /// The response stands in the report as the JSON that it is.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(exchange, forKey: .exchange)
    try container.encode(outcome, forKey: .outcome)
    try container.encodeIfPresent(reason, forKey: .reason)
    try container.encodeIfPresent(currency, forKey: .currency)
    try container.encode(money, forKey: .money)
    try container.encode(lines, forKey: .lines)
    if !response.isEmpty {
      try container.encode(String(decoding: response, as: UTF8.self), forKey: .response)
    }
  }

  /// Lines for people: the answer, then a line for each line item.
  var text: String {
    var head = "\(exchange): \(outcome)"
    if let reason { head += " (\(reason))" }
    let width = lines.map { $0.lineItem.count }.max() ?? 0
    let rows = lines.map { line in
      let padding = String(repeating: " ", count: width - line.lineItem.count)
      let verdicts = line.impressions.map { $0.text(currency: currency) }
      return "  \(line.lineItem)\(padding)  \(verdicts.joined(separator: ", "))"
    }
    let body = response.isEmpty ? [] : ["", String(decoding: response, as: UTF8.self)]
    return ([head] + rows + ["(\(money))"] + body).joined(separator: "\n")
  }
}

extension ExplainReport.Verdict {
  /// The verdict of an explanation.
  init(_ verdict: Explanation.Verdict) {
    switch verdict {
    case .bids(let price): self.init(bid: Double(price.micros) / 1_000_000, refused: nil)
    case .refused(let reason): self.init(bid: nil, refused: "\(reason.name)")
    }
  }

  /// `bids 2.5 USD` or `refused: floor`.
  fileprivate func text(currency: String?) -> String {
    if let bid { return "bids \(bid) \(currency ?? "")" }
    return "refused: \(refused ?? "")"
  }
}
