import AuctionTypes
import CampaignCatalog
import FixedMemory

/// Counts, for a part of a worker's requests, what became of each line item, and lets each of them
/// stand for those that were passed over since the last.
///
/// A line item that was refused at several impressions counts where it came furthest.
package struct FunnelTracer: ~Copyable, DecisionTracer {
  static var isThorough: Bool { true }

  private let cells: FunnelCells
  private var budget = FunnelBudget()
  /// Requests since the last that was judged.
  private var passed: UInt64 = 0
  /// Whether a stage looked at line items at all.
  private var isAsked = false
  /// The impression at hand; below zero for the whole request.
  private var impression = -1
  /// The furthest that each line item came, by ``FunnelOutcome/index``; zero between requests.
  private var furthest = FixedArray<UInt8>(repeating: 0, count: CatalogLimits.lineItems)
  /// Line items that no stage has refused for the request or the impression at hand.
  private var candidates = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those that match the request as a whole.
  private var matched = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those of the impression's candidates of which it is known what became of them.
  private var settled = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those with a bid.
  private var chosen = BitmapWords(bitCount: CatalogLimits.lineItems)

  /// - Parameter cells: the worker's own.
  package init(cells: FunnelCells) { self.cells = cells }

  // MARK: Between requests

  /// Whether the next request is to be judged.
  @inline(__always)
  mutating func isDue(at now: Instant, lineItems: Int) -> Bool {
    budget.spend(at: now, lineItems: lineItems)
  }

  /// A request was not judged: the next one that is stands for it too.
  @inline(__always)
  package mutating func passOver(_ outcome: BidOutcome, isTest: Bool) {
    if Self.counts(outcome, isTest: isTest) { passed &+= 1 }
  }

  /// Forgets the request before.
  mutating func begin(lineItemCount: Int) {
    isAsked = false
    impression = -1
    if candidates.bitCount != lineItemCount {
      candidates.reset(bitCount: lineItemCount)
      matched.reset(bitCount: lineItemCount)
      settled.reset(bitCount: lineItemCount)
      chosen.reset(bitCount: lineItemCount)
    }
    candidates.insertAll()
    chosen.removeAll()
  }

  /// Counts the request.
  mutating func finish(
    _ outcome: BidOutcome, isTest: Bool, _ catalog: borrowing CampaignCatalog
  ) {
    let isCounted = Self.counts(outcome, isTest: isTest)
    let requests = isCounted ? passed &+ 1 : 0
    if isCounted {
      passed = 0
      cells.count(requests: requests)
    }
    if isAsked {
      finishImpression()
      settleChosen(outcome)
      count(requests, catalog)
    } else if case .noBid(let reason) = outcome {
      cells.countUnasked(reason, requests: requests)
    }
  }

  /// What is no auction is not counted: tests, and what cannot be read.
  private static func counts(_ outcome: BidOutcome, isTest: Bool) -> Bool {
    if case .malformed = outcome { return false }
    return !isTest
  }

  /// A bid that the response had no room for is none.
  private mutating func settleChosen(_ outcome: BidOutcome) {
    var index = FunnelOutcome.bid.index
    if case .noBid(let reason) = outcome { index = FunnelOutcome.refused(reason).index }
    var next = chosen.firstBit()
    while let lineItem = next {
      raise(lineItem, to: UInt8(index))
      next = chosen.firstBit(from: lineItem + 1)
    }
  }

  private mutating func count(_ requests: UInt64, _ catalog: borrowing CampaignCatalog) {
    for lineItem in 0..<candidates.bitCount {
      cells.count(
        outcome: Int(furthest[lineItem]), account: catalog.accountNumbers[lineItem],
        requests: requests)
      furthest[lineItem] = 0
    }
  }

  // MARK: During a request

  mutating func narrowed(_ reason: NoBidReason, impression: Int, _ left: borrowing BitmapWords) {
    isAsked = true
    turn(to: impression)
    for index in 0..<left.wordCount {
      var dropped = candidates.word(at: index) & ~left.word(at: index)
      while dropped != 0 {
        raise(index &* 64 &+ dropped.trailingZeroBitCount, to: reason.rawValue)
        dropped &= dropped &- 1
      }
    }
    candidates.assign(left)
  }

  mutating func refused(lineItem: Int, _ reason: NoBidReason, impression: Int) {
    guard !settled.contains(lineItem) else { return }
    settled.insert(lineItem)
    raise(lineItem, to: reason.rawValue)
  }

  mutating func chose(lineItem: Int, impression: Int, price: CPM) {
    settled.insert(lineItem)
    chosen.insert(lineItem)
  }

  /// Every impression starts from the line items that match the request.
  private mutating func turn(to next: Int) {
    guard next != impression else { return }
    if impression < 0 {
      matched.assign(candidates)
    } else {
      finishImpression()
      candidates.assign(matched)
    }
    settled.removeAll()
    impression = next
  }

  /// Where no stage spoke of a line item, the impression had bids enough.
  private mutating func finishImpression() {
    guard impression >= 0 else { return }
    for index in 0..<candidates.wordCount {
      var left = candidates.word(at: index) & ~settled.word(at: index)
      while left != 0 {
        raise(index &* 64 &+ left.trailingZeroBitCount, to: NoBidReason.outbid.rawValue)
        left &= left &- 1
      }
    }
  }

  @inline(__always)
  private mutating func raise(_ lineItem: Int, to outcome: UInt8) {
    if furthest[lineItem] < outcome { furthest[lineItem] = outcome }
  }
}
