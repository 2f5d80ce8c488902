import AuctionTypes

/// A line item's part of the plan in force, and what it asks of its escrow.
struct LineItemState: Sendable {
  /// Which campaign of the plan; nil where no document names the line item.
  var campaign: Int?
  /// Whether the documents let it bid.
  var isActive = false
  var pacing = PacingPlan.asap
  var largestBid: Int64 = 0

  /// Granted, and not yet in the cell.
  var undelivered: Int64 = 0
  /// Raised when grants on their way are taken back.
  var grantEpoch: UInt32 = 0
  /// What bids took since ``lookedAt``.
  var taken: Int64 = 0
  var lookedAt = Instant(nanoseconds: 0)
  /// When a bid last took something.
  var activeAt = Instant(nanoseconds: 0)
  var grantedAt = Instant(nanoseconds: 0)
  /// Whether anything was granted since ``lookedAt``.
  var wasGranted = false
  /// What bids take, in nano-units a second.
  var rate: Double = 0
  /// What the cell should hold.
  var target: Int64 = 0
  /// A bid that the cell did not suffice for; zero when there is none.
  var shortfall: Int64 = 0
  var shortAt = Instant(nanoseconds: 0)
  /// Whether it is among those that wait.
  var isWaiting = false
}

/// A campaign of the plan in force.
struct CampaignState: Sendable {
  let account: AccountID
  var isActive: Bool
  var flightStart: WallTime?
  var flightEnd: WallTime?
  var zone: ZoneOffsets
  var lineItems: [AccountID] = []
  /// Never goes backwards.
  var day: LocalDay
  var dayStart: WallTime
  var dayEnd: WallTime
  var isInFlight: Bool
  /// Line items that may bid.
  var openCount = 0
  /// When its line items may next be asked for idle escrow.
  var nextReclaim = Instant(nanoseconds: 0)
  /// Which line item is asked first.
  var reclaimCursor = 0
}

/// What an account's reservations turn into, and how soon.
struct PaceState: BitwiseCopyable, Sendable {
  /// The share of resolved amounts that was paid.
  var settleRatio = 1.0
  /// From bid to resolution, in milliseconds.
  var delay = 0.0
  /// From bid to payment, in milliseconds; unlimited until something was paid.
  var paidDelay = Double.infinity

  /// Learns from a reservation that ended.
  mutating func learn(paid: Int64, of amount: Int64, after delay: Double) {
    guard amount > 0 else { return }
    settleRatio += (Double(paid) / Double(amount) - settleRatio) / 64
    self.delay += (delay - self.delay) / 64
    guard paid > 0 else { return }
    paidDelay = paidDelay.isInfinite ? delay : paidDelay + (delay - paidDelay) / 16
  }
}

/// Now, by both clocks.
struct Moment {
  let time: WallTime
  let now: Instant
}
