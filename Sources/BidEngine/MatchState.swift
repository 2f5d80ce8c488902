import AuctionTypes
import CampaignCatalog
import FixedMemory

/// The bitmaps of the line items that are still in question.
///
/// A stage begins with ``begin(_:)``, is told each value of the request that some line item names,
/// and ends with ``narrow(_:)``. Most stages find one value or none, and then pass over the words
/// once.
struct MatchState: ~Copyable {
  /// Those that no stage has refused.
  var candidates = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those that the stage at hand accepts; of use only where it collects them.
  var accepted = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// A stage's own set: those with a share of users, or those that a deal's `wseat` allows.
  var stageSet = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those whose audience clause names a segment of the user; empty between requests.
  var asked = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those that match the request as a whole, from which each impression starts.
  var matched = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those that have a bid on this request; empty between requests.
  var taken = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Line items one by one, for stages that few of them pass or are asked at.
  var list = FixedArray<UInt32>(capacity: CatalogLimits.lineItems)
  /// Those of them whose audience clause must be asked.
  var questions = FixedArray<UInt32>(capacity: CatalogLimits.lineItems)
  /// The rows that a stage makes.
  var rows = BitmapRows(rows: 8, bitCount: CatalogLimits.lineItems)
  /// A targeting value of the request in lower case.
  var key = FixedBuffer(capacity: CatalogLimits.keyBytes)
  /// The dimension of the stage at hand.
  private var dimension = Dimension.exchange
  /// The first value of the request that a line item includes.
  private var first: Int?
  /// Whether there are more, so that all are collected in ``accepted``.
  private var isCollected = false

  /// Takes the number of line items of a catalog.
  mutating func reset(lineItemCount: Int) {
    guard candidates.bitCount != lineItemCount else { return }
    candidates.reset(bitCount: lineItemCount)
    accepted.reset(bitCount: lineItemCount)
    stageSet.reset(bitCount: lineItemCount)
    asked.reset(bitCount: lineItemCount)
    matched.reset(bitCount: lineItemCount)
    taken.reset(bitCount: lineItemCount)
  }

  // MARK: Stages

  /// Begins a stage that accepts, beside the line items with a value of the request, those that
  /// include nothing in the dimension.
  mutating func begin(_ dimension: Dimension) {
    self.dimension = dimension
    first = nil
    isCollected = false
  }

  /// Accepts the line items that include a value, and drops those that exclude it.
  mutating func apply(_ slot: Int, _ columns: borrowing ColumnTable) {
    columns.removeExcluding(slot, from: &candidates)
    guard columns.isIncluded(slot) else { return }
    if !isCollected {
      guard let other = first else {
        first = slot
        return
      }
      isCollected = true
      columns.loadUnconstrained(dimension, into: &accepted)
      columns.addIncluding(other, to: &accepted)
    }
    columns.addIncluding(slot, to: &accepted)
  }

  /// Ends a stage: keeps the candidates that it accepts; says whether any is left.
  mutating func narrow(_ columns: borrowing ColumnTable) -> Bool {
    if isCollected { return candidates.formIntersection(accepted) }
    if let first {
      return columns.narrow(&candidates, to: dimension, including: first, &list)
    }
    if columns.hasIncludes(dimension) {
      return columns.narrow(&candidates, toUnconstrained: dimension)
    }
    return !candidates.isEmpty
  }

  // MARK: Keys

  /// Writes bytes into the key in lower case; false when they are too long for any document.
  mutating func loadKey(_ bytes: RawSpan) -> Bool {
    key.removeAll()
    return appendKey(bytes)
  }

  mutating func appendKey(_ bytes: RawSpan) -> Bool {
    guard bytes.byteCount < key.freeCapacity else { return false }
    key.append(lowercasing: bytes)
    return true
  }
}
