import AuctionTypes
import Foundation

/// Where a line item's requests fall, as the API answers it.
struct FunnelAnswer: Encodable {
  /// A stage of the decision that refused some.
  struct Stage: Encodable {
    let stage: String
    let refused: UInt64
    /// Those that came past it.
    let left: UInt64
    /// What it refused of all requests, from 0 to 1.
    let share: Double
    /// Who can change it.
    let changedBy: FunnelAdvice.Party
    /// What it means and what to do.
    let advice: String

    enum CodingKeys: String, CodingKey {
      case stage, refused, left, share, advice
      case changedBy = "changed_by"
    }
  }

  let lineItem: String
  let from: String
  let to: String
  let requests: UInt64
  let stages: [Stage]
  let bids: UInt64
  let bidShare: Double
  let verdict: String

  enum CodingKeys: String, CodingKey {
    case from, to, requests, stages, bids, verdict
    case lineItem = "line_item"
    case bidShare = "bid_share"
  }

  /// - Parameter standstill: why the line item does not run at the moment, as a sentence; nil where
  ///   it does.
  init(path: String, _ counts: FunnelCounts, standstill: String?) {
    let requests = counts.requests
    var left = requests
    var stages: [Stage] = []
    for reason in NoBidReason.allCases {
      guard let refused = counts.refused[reason], refused > 0 else { continue }
      left -= refused
      let advice = FunnelAdvice(reason)
      stages.append(
        Stage(
          stage: "\(reason.name)", refused: refused, left: left,
          share: Self.share(refused, of: requests), changedBy: advice.party, advice: advice.text))
    }
    lineItem = path
    from = counts.from.rfc3339
    to = counts.to.rfc3339
    self.requests = requests
    self.stages = stages
    bids = counts.bids
    bidShare = Self.share(counts.bids, of: requests)
    let words = [
      standstill, Self.verdict(stages, requests: requests, bids: counts.bids, since: from),
    ]
    verdict = words.compactMap { $0 }.joined(separator: " ")
  }

  private static func verdict(
    _ stages: [Stage], requests: UInt64, bids: UInt64, since from: String
  ) -> String {
    guard requests > 0 else {
      return "No request has come in since \(from), so nothing can be said of its targeting."
    }
    let bidPart = "It bid on \(percent(bids, of: requests)) of \(requests) requests."
    guard let worst = stages.max(by: { $0.refused < $1.refused }) else { return bidPart }
    let part = percent(worst.refused, of: requests)
    if bids > worst.refused {
      return
        "\(bidPart) Of the rest most, \(part) of all, fell at `\(worst.stage)`: \(worst.advice)"
    }
    let head = "\(part) of requests fell at `\(worst.stage)`: \(worst.advice)"
    return bids > 0 ? "\(head) \(bidPart)" : "\(head) It bid on none of \(requests) requests."
  }

  /// A share with four digits behind the point.
  private static func share(_ part: UInt64, of whole: UInt64) -> Double {
    whole == 0 ? 0 : (Double(part) / Double(whole) * 10_000).rounded() / 10_000
  }

  /// Such as `84 %`, `0.3 %` or `less than 0.1 %`.
  private static func percent(_ part: UInt64, of whole: UInt64) -> String {
    let value = Double(part) / Double(max(1, whole)) * 100
    if part == 0 { return "0 %" }
    if part == whole { return "100 %" }
    if value < 0.1 { return "less than 0.1 %" }
    if value > 99.9 { return "more than 99.9 %" }
    return
      (value < 10 || value > 99 ? String(format: "%.1f", value) : String(format: "%.0f", value))
      + " %"
  }

}
