import AuctionTypes
import CampaignDocuments

/// Escrow and frequency caps in the contract's words: what is left of each line item, and how often
/// each user has been bid on.
final class PlainMoney {
  /// Nano-units left of each line item; without end where it is not named.
  var left: [String: Int64] = [:]
  /// Line items whose pace is reached.
  var paced: Set<String> = []
  private var seen: [String: Int] = [:]

  /// What keeps a line item from a bid that costs so much.
  func problem(_ entry: PlainAuction.Entry, nanos: Int64, user: String?) -> NoBidReason? {
    for (scope, cap) in Self.caps(of: entry) {
      guard let user else {
        if cap.allowsUnidentified { continue }
        return .frequencyCap
      }
      let count = seen[Self.key(scope, cap, user), default: 0]
      if count >= cap.impressions { return .frequencyCap }
    }
    if left[entry.path, default: .max] >= nanos { return nil }
    return paced.contains(entry.path) ? .pacing : .budget
  }

  /// Books a bid.
  func take(_ entry: PlainAuction.Entry, nanos: Int64, user: String?) {
    left[entry.path]? -= nanos
    guard let user else { return }
    let keys = Set(Self.caps(of: entry).map { Self.key($0.scope, $0.cap, user) })
    for key in keys { seen[key, default: 0] += 1 }
  }

  private static func caps(
    of entry: PlainAuction.Entry
  ) -> [(scope: String, cap: FrequencyCap)] {
    entry.lineItem.frequencyCaps.map { (entry.path, $0) }
      + entry.campaign.frequencyCaps.map { ("\(entry.advertiser.id)/\(entry.campaign.id)", $0) }
  }

  private static func key(_ scope: String, _ cap: FrequencyCap, _ user: String) -> String {
    "\(scope) \(cap.periodSeconds) \(user)"
  }
}
