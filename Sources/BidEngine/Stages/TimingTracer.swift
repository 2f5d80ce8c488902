import AuctionTypes
import AudienceIndex
import CampaignCatalog
import FixedMemory

/// Measures how long the stages of one request in so many take, by a clock that is handed in.
///
/// The clock's own time is in it, once for each stage. All requests run the same code with it,
/// measured or not: code that ran for one in so many would be slower for being cold.
package struct TimingTracer: ~Copyable, DecisionTracer {
  static var isThorough: Bool { false }

  private let interval: Int
  private let clock: @Sendable () -> UInt64
  /// Requests up to the next that is measured, it among them.
  private var left: Int
  /// When the stage at hand began.
  private var since: UInt64 = 0
  /// By stage; of the request last measured.
  private var spent = FixedArray<UInt64>(repeating: 0, count: DecisionStage.allCases.count)
  /// The stages that it came to, as bits.
  private var stages: UInt64 = 0
  /// Whether the last request was measured.
  package private(set) var hasMeasured = false

  /// - Parameters:
  ///   - interval: one request in so many is measured, the first of them not: its memory is cold.
  ///   - clock: nanoseconds that never go back; called on the thread that decides.
  /// - Precondition: a positive interval.
  package init(
    oneIn interval: Int = EngineLimits.requestsPerTiming, clock: @escaping @Sendable () -> UInt64
  ) {
    precondition(interval > 0)
    self.interval = interval
    self.clock = clock
    left = interval
  }

  /// How long a stage took in the request last measured, in nanoseconds; nil where it did not come
  /// to it.
  package func nanoseconds(of stage: DecisionStage) -> UInt64? {
    stages & 1 << UInt64(stage.rawValue) == 0 ? nil : spent[Int(stage.rawValue)]
  }

  /// Whether the next request is to be measured.
  @inline(__always)
  mutating func isDue() -> Bool {
    left &-= 1
    hasMeasured = left == 0
    return hasMeasured
  }

  /// Begins to measure.
  mutating func begin() {
    left = interval
    stages = 0
    for stage in spent.indices { spent[stage] = 0 }
    since = clock()
  }

  @inline(__always)
  mutating func finished(_ stage: DecisionStage) {
    if hasMeasured { record(stage) }
  }

  private mutating func record(_ stage: DecisionStage) {
    let now = clock()
    spent[Int(stage.rawValue)] &+= now &- since
    stages |= 1 << UInt64(stage.rawValue)
    since = now
  }

  @inline(__always)
  mutating func narrowed(_ reason: NoBidReason, impression: Int, _ left: borrowing BitmapWords) {}
  @inline(__always)
  mutating func refused(lineItem: Int, _ reason: NoBidReason, impression: Int) {}
  @inline(__always)
  mutating func chose(lineItem: Int, impression: Int, price: CPM) {}
}
