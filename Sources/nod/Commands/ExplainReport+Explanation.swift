import AuctionTypes
import BidEngine
import ControlPlane
import OpenRTB

extension ExplainReport {
  /// The report of an explanation.
  init(_ explanation: Explanation, exchange: String, money: String) {
    let outcome: Outcome =
      switch explanation.outcome {
      case .bid: .bid(currency: "\(explanation.currency)", response: explanation.response)
      case .noBid(let reason): .noBid(reason: "\(reason.name)")
      case .malformed(let rule): .malformed(rule: "\(rule)")
      }
    self.init(
      exchange: exchange, outcome: outcome, money: money,
      lines: explanation.lines.map { line in
        Line(lineItem: line.path, impressions: line.verdicts.map(Verdict.init))
      })
  }
}

extension ExplainReport.Verdict {
  /// The verdict of an explanation.
  init(_ verdict: Explanation.Verdict) {
    switch verdict {
    case .bids(let price): self.init(bid: Double(price.micros) / 1_000_000)
    case .refused(let reason): self.init(refused: "\(reason.name)")
    }
  }
}
