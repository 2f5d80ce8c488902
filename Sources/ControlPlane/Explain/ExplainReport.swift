import Foundation

/// Why each line item would or would not bid, as `nod explain` prints it and the API answers it.
package struct ExplainReport: Encodable, Sendable {
  /// A line item and what became of it at each impression.
  package struct Line: Encodable, Sendable {
    package let lineItem: String
    package let impressions: [Verdict]

    /// - Parameter lineItem: `advertiser/campaign/line item`.
    package init(lineItem: String, impressions: [Verdict]) {
      self.lineItem = lineItem
      self.impressions = impressions
    }

    private enum CodingKeys: String, CodingKey {
      case lineItem = "line_item"
      case impressions
    }
  }

  /// What became of a line item at an impression: a price, or the first stage that refused it.
  package struct Verdict: Encodable, Sendable {
    package let bid: Double?
    package let refused: String?

    package init(bid: Double? = nil, refused: String? = nil) {
      self.bid = bid
      self.refused = refused
    }
  }

  /// What the exchange would be answered.
  package enum Outcome: Sendable {
    /// A bid, with the currency of the prices and the body of the answer.
    case bid(currency: String, response: [UInt8])
    case noBid(reason: String)
    case malformed(rule: String)
  }

  package let exchange: String
  package let outcome: Outcome
  /// What budgets the line items were held to.
  package let money: String
  package let lines: [Line]

  package init(exchange: String, outcome: Outcome, money: String, lines: [Line]) {
    self.exchange = exchange
    self.outcome = outcome
    self.money = money
    self.lines = lines
  }

  private enum CodingKeys: String, CodingKey {
    case exchange, outcome, reason, currency, money, response
    case lines = "line_items"
  }

  /// As the answer of the API.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(exchange, forKey: .exchange)
    try container.encode(outcomeName, forKey: .outcome)
    try container.encodeIfPresent(reason, forKey: .reason)
    try container.encode(money, forKey: .money)
    try container.encode(lines, forKey: .lines)
    if case .bid(let currency, let response) = outcome {
      try container.encode(currency, forKey: .currency)
      try container.encode(String(decoding: response, as: UTF8.self), forKey: .response)
    }
  }

  private var outcomeName: String {
    switch outcome {
    case .bid: "bid"
    case .noBid: "no-bid"
    case .malformed: "malformed"
    }
  }

  private var reason: String? {
    switch outcome {
    case .bid: nil
    case .noBid(let reason): reason
    case .malformed(let rule): rule
    }
  }

  /// Lines for people: the answer, then a line for each line item.
  package var text: String {
    var head = "\(exchange): \(outcomeName)"
    if let reason { head += " (\(reason))" }
    var currency = ""
    var body: [String] = []
    if case .bid(let code, let response) = outcome {
      currency = code
      body = ["", String(decoding: response, as: UTF8.self)]
    }
    let width = lines.map { $0.lineItem.count }.max() ?? 0
    let rows = lines.map { line in
      let padding = String(repeating: " ", count: width - line.lineItem.count)
      let verdicts = line.impressions.map { $0.text(currency: currency) }
      return "  \(line.lineItem)\(padding)  \(verdicts.joined(separator: ", "))"
    }
    return ([head] + rows + ["(\(money))"] + body).joined(separator: "\n")
  }
}

extension ExplainReport.Verdict {
  /// `bids 2.5 USD` or `refused: floor`.
  fileprivate func text(currency: String) -> String {
    if let bid { return "bids \(bid) \(currency)" }
    return "refused: \(refused ?? "")"
  }
}
