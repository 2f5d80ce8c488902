import AuctionTypes
import FixedMemory

/// Writes down, for each line item, the first stage that refused it, or what it bids.
struct RecordingTracer: ~Copyable, DecisionTracer {
  static var isThorough: Bool { true }

  /// What became of a line item for the request as a whole.
  private var request: [NoBidReason?]
  /// What became of it at each impression.
  private var impressions: [Int: [Explanation.Verdict?]] = [:]
  /// Whether a stage looked at line items at all.
  private(set) var wasAsked = false
  /// The line items there are, as far as the one who asks may know.
  private let known: BitmapWords

  init(knowing known: consuming BitmapWords) {
    request = Array(repeating: nil, count: known.bitCount)
    self.known = known
  }

  /// Whether the one who asks may know of a line item.
  func knows(_ lineItem: Int) -> Bool { known.contains(lineItem) }

  mutating func admit(_ candidates: inout BitmapWords) {
    _ = candidates.formIntersection(known)
  }

  mutating func narrowed(_ reason: NoBidReason, impression: Int, _ left: borrowing BitmapWords) {
    wasAsked = true
    for lineItem in request.indices where request[lineItem] == nil && !left.contains(lineItem) {
      if impression < 0 {
        request[lineItem] = reason
      } else {
        set(.refused(reason), lineItem, impression, onlyIfUnset: true)
      }
    }
  }

  mutating func refused(lineItem: Int, _ reason: NoBidReason, impression: Int) {
    set(.refused(reason), lineItem, impression, onlyIfUnset: true)
  }

  mutating func chose(lineItem: Int, impression: Int, price: CPM) {
    set(.bids(price), lineItem, impression, onlyIfUnset: false)
  }

  /// Writes down why there is no bid: for every line item where none was asked, and for the bids
  /// where the response has no room for them.
  mutating func finish(_ reason: NoBidReason) {
    for lineItem in request.indices where request[lineItem] == nil && !wasAsked {
      request[lineItem] = reason
    }
    wasAsked = true
    for (impression, verdicts) in impressions {
      impressions[impression] = verdicts.map { verdict in
        if case .bids = verdict { return .refused(reason) }
        return verdict
      }
    }
  }

  /// A line item's verdicts; where no stage spoke of it, the impression had bids enough.
  func verdicts(of lineItem: Int, impressions count: Int) -> [Explanation.Verdict] {
    (0..<count).map { impression in
      if let reason = request[lineItem] { return .refused(reason) }
      return impressions[impression]?[lineItem] ?? .refused(.outbid)
    }
  }

  private mutating func set(
    _ verdict: Explanation.Verdict, _ lineItem: Int, _ impression: Int, onlyIfUnset: Bool
  ) {
    var verdicts = impressions[impression] ?? Array(repeating: nil, count: request.count)
    if !onlyIfUnset || verdicts[lineItem] == nil { verdicts[lineItem] = verdict }
    impressions[impression] = verdicts
  }
}
