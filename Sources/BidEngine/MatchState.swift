import AuctionTypes
import CampaignCatalog
import FixedMemory

/// The bitmaps of the line items that are still in question.
///
/// A stage begins with ``begin(_:)``, is told each value of the request that some line item names,
/// and ends with ``end(_:_:)``. What it keeps and drops are rows of words, of the table where
/// it finds one value that is a bitmap there, or two in a dimension in which all line items include
/// something; else own ones. They wait until ``narrow(_:)`` takes those of
/// all stages at once.
struct MatchState: ~Copyable {
  /// Those that no stage has refused.
  var candidates = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those that the seats or the deals of the request accept, which are judged one by one.
  var accepted = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// A stage's own set: those with a share of users, or those that a deal's `wseat` allows.
  var stageSet = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those whose audience clause names a segment of the user; empty between requests.
  var asked = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those that match the request as a whole, from which each impression starts.
  var matched = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Those that have a bid on this request; empty between requests.
  var taken = BitmapWords(bitCount: CatalogLimits.lineItems)
  /// Line items whose audience clause must be asked.
  var questions = FixedArray<UInt32>(capacity: CatalogLimits.lineItems)
  /// The rows that stages make, and what waits to be taken.
  var rows = BitmapRows(rows: EngineLimits.ownRows, bitCount: CatalogLimits.lineItems)
  /// For each step that waits, the reason of those that it refuses.
  private var reasons = FixedArray<NoBidReason>(capacity: BitmapRows.maxSteps)
  /// A targeting value of the request in lower case.
  var key = FixedBuffer(capacity: CatalogLimits.keyBytes)
  /// The dimension of the stage at hand.
  private var dimension = Dimension.exchange
  /// The first value of the request that a line item includes.
  private var first: Int?
  /// The second, where both are rows of the table and no line item includes nothing.
  private var second: Int?
  /// The line items that the stage accepts, once there are more.
  private var including: RowPlace?
  /// The first value of the request that a line item excludes.
  private var firstExcluded: Int?
  /// The line items that the stage drops, once there are more.
  private var excluding: RowPlace?

  /// Takes the number of line items of a catalog.
  mutating func reset(lineItemCount: Int) {
    rows.removeAll()
    reasons.removeAll()
    guard candidates.bitCount != lineItemCount else { return }
    rows.reset(bitCount: lineItemCount)
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
    second = nil
    including = nil
    firstExcluded = nil
    excluding = nil
  }

  /// Accepts the line items that include a value, and drops those that exclude it.
  mutating func apply(_ slot: Int, _ columns: borrowing ColumnTable) {
    if columns.isExcluded(slot) { exclude(slot, columns) }
    guard columns.isIncluded(slot) else { return }
    guard let other = first else {
      first = slot
      return
    }
    if including == nil && second == nil && columns.isRequired(dimension)
      && columns.includingRow(other) != nil && columns.includingRow(slot) != nil
    {
      second = slot
      return
    }
    let row = including ?? ownRow(including: other, columns)
    if including == nil, let second { columns.addIncluding(second, to: row, of: &rows) }
    columns.addIncluding(slot, to: row, of: &rows)
    including = row
  }

  private mutating func exclude(_ slot: Int, _ columns: borrowing ColumnTable) {
    guard let other = firstExcluded else {
      firstExcluded = slot
      return
    }
    let row = excluding ?? ownRow(excluding: other, columns)
    columns.addExcluding(slot, to: row, of: &rows)
    excluding = row
  }

  private mutating func ownRow(
    including slot: Int, _ columns: borrowing ColumnTable
  ) -> RowPlace {
    let row = columns.copyUnconstrained(dimension, to: &rows)
    columns.addIncluding(slot, to: row, of: &rows)
    return row
  }

  private mutating func ownRow(
    excluding slot: Int, _ columns: borrowing ColumnTable
  ) -> RowPlace {
    let row = rows.empty()
    columns.addExcluding(slot, to: row, of: &rows)
    return row
  }

  /// Ends a stage: what it refuses is refused for a reason.
  mutating func end(_ reason: NoBidReason, _ columns: borrowing ColumnTable) {
    if let slot = firstExcluded {
      rows.drop(excluding ?? columns.excludingRow(slot) ?? ownRow(excluding: slot, columns))
      reasons.append(reason)
    }
    guard columns.hasIncludes(dimension) else { return }
    keepIncluding(columns)
    reasons.append(reason)
  }

  private mutating func keepIncluding(_ columns: borrowing ColumnTable) {
    let unconstrained = columns.unconstrained(dimension)
    guard let slot = first else { return rows.keep(unconstrained) }
    if let including { return rows.keep(including) }
    guard let row = columns.includingRow(slot) else {
      return rows.keep(ownRow(including: slot, columns))
    }
    if let second, let other = columns.includingRow(second) {
      rows.keep(row, or: other)
    } else {
      rows.keep(row, or: unconstrained)
    }
  }

  /// Takes what waits of all stages; where nothing is left, the reason is that of the stage which
  /// refused the last.
  mutating func narrow(_ columns: borrowing ColumnTable) -> NoBidReason? {
    let count = rows.stepCount
    if count == 0 { return nil }
    let furthest = rows.narrow(&candidates, by: columns.words)
    let reason = furthest == count ? nil : reasons[max(0, furthest)]
    rows.removeAll()
    reasons.removeAll()
    return reason
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
