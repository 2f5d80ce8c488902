import AuctionTypes
import FixedMemory

/// Watches a decision. The pipeline is generic over it, so the silent one costs nothing.
protocol DecisionTracer: ~Copyable {
  /// Whether a line item that another one outbids is judged to the end, to name what else refuses
  /// it. The bids are the same.
  static var isThorough: Bool { get }
  /// Before the first stage: takes line items away that are not to be asked at all.
  mutating func admit(_ candidates: inout BitmapWords)
  /// A column left these candidates; an impression below zero means the whole request.
  mutating func narrowed(_ reason: NoBidReason, impression: Int, _ left: borrowing BitmapWords)
  /// A line item that passed all columns was refused for an impression.
  mutating func refused(lineItem: Int, _ reason: NoBidReason, impression: Int)
  /// A line item's bid was chosen for an impression.
  mutating func chose(lineItem: Int, impression: Int, price: CPM)
  /// What was done since the last call belongs to a stage; a stage may come several times.
  mutating func finished(_ stage: DecisionStage)
}

extension DecisionTracer where Self: ~Copyable {
  @inline(__always)
  mutating func admit(_ candidates: inout BitmapWords) {}
  @inline(__always)
  mutating func finished(_ stage: DecisionStage) {}
}

/// Watches nothing.
struct SilentTracer: ~Copyable, DecisionTracer {
  static var isThorough: Bool { false }

  /// A value without storage has no address of its own, and ThreadSanitizer crashes on the one that
  /// it is lent by.
  private let storage: UInt8 = 0

  @inline(__always)
  mutating func narrowed(_ reason: NoBidReason, impression: Int, _ left: borrowing BitmapWords) {}
  @inline(__always)
  mutating func refused(lineItem: Int, _ reason: NoBidReason, impression: Int) {}
  @inline(__always)
  mutating func chose(lineItem: Int, impression: Int, price: CPM) {}
}
