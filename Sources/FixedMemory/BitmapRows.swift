import CVector

/// Rows of words that a worker makes for one request, in memory that is allocated once, beside the
/// rows of a table that is shared; and the steps by which both narrow a bitmap.
///
/// The steps are taken all at once, block by block: a block of the bitmap stays in registers while
/// it goes through them, and is left as soon as none of its bits is set.
@usableFromInline
package struct BitmapRows: ~Copyable, Sendable {
  /// The most steps at once.
  package static var maxSteps: Int { Int(nod_most_row_steps) }

  private let maxRows: Int
  private var words: FixedArray<UInt64>
  private var wordCount: Int
  @usableFromInline var rowCount = 0
  @usableFromInline var steps: FixedArray<nod_row_step>
  /// The last place in use, against which tables are checked.
  @usableFromInline var lastOfTable: UInt32 = 0
  /// The last place in use of any kind; own places are above those of tables.
  @usableFromInline var last: UInt32 = 0

  /// - Parameters:
  ///   - rows: how many there may be at once.
  ///   - bitCount: the most bits of a row.
  package init(rows: Int, bitCount: Int) {
    let wordCount = max(1, (bitCount &+ 63) / 64)
    precondition(rows > 0 && rows * wordCount < Int(nod_own_row))
    maxRows = rows
    self.wordCount = wordCount
    words = FixedArray(repeating: 0, count: rows * wordCount)
    steps = FixedArray(capacity: Int(nod_most_row_steps))
  }

  /// Forgets all rows and steps.
  @inlinable @inline(__always)
  package mutating func removeAll() {
    rowCount = 0
    removeSteps()
  }

  @inlinable @inline(__always)
  mutating func removeSteps() {
    steps.removeAll()
    lastOfTable = 0
    last = 0
  }

  /// Forgets all rows and steps, and takes the number of bits of a row.
  package mutating func reset(bitCount: Int) {
    wordCount = max(1, (bitCount &+ 63) / 64)
    precondition(wordCount &* maxRows <= words.count)
    removeAll()
  }

  // MARK: Steps

  /// The steps that were added.
  @inlinable package var stepCount: Int { steps.count }

  /// Keeps the bits that one of two rows has.
  @inlinable @inline(__always)
  package mutating func keep(_ row: RowPlace, or other: RowPlace) {
    add(nod_row_step(row: row.rawValue, other: other.rawValue, drops: 0))
  }

  /// Keeps the bits of a row.
  @inlinable @inline(__always)
  package mutating func keep(_ row: RowPlace) { keep(row, or: row) }

  /// Drops the bits of a row.
  @inlinable @inline(__always)
  package mutating func drop(_ row: RowPlace) {
    add(nod_row_step(row: row.rawValue, other: row.rawValue, drops: 1))
  }

  @inlinable @inline(__always)
  mutating func add(_ step: nod_row_step) {
    lastOfTable = max(lastOfTable, max(placeInTable(step.row), placeInTable(step.other)))
    last = max(last, max(step.row, step.other))
    let isAdded = steps.append(step)
    precondition(isAdded, "more steps than BitmapRows.maxSteps")
  }

  @inlinable @inline(__always)
  func placeInTable(_ place: UInt32) -> UInt32 {
    place & UInt32(nod_own_row) == 0 ? place : 0
  }

  /// Takes all steps and forgets them; the rows stay.
  ///
  /// - Parameter table: the words that rows of a table lie in.
  /// - Returns: the number of the step that left nothing, ``stepCount`` where something is left,
  ///   -1 where nothing was.
  /// - Complexity: O(words × steps), less where blocks are left early.
  package mutating func narrow(
    _ bitmap: inout BitmapWords, by table: borrowing FixedArray<UInt64>
  ) -> Int {
    precondition(bitmap.words.count == wordCount)
    precondition(steps.isEmpty || wordCount <= table.count &- Int(lastOfTable))
    precondition(holdsOwn(last), "a row that was forgotten")
    // Safety: the bitmap and each row have `wordCount` words: the last row of the table and the
    // last own one lie inside their memory, so all before them do; there are at most as many steps
    // as the function takes.
    let furthest = unsafe nod_narrow_rows(
      bitmap.words.base, wordCount, table.base, words.base, steps.base, steps.count)
    removeSteps()
    return furthest
  }

  /// Whether a place is none of its own, or that of a row it has.
  @inline(__always)
  private func holdsOwn(_ place: UInt32) -> Bool {
    guard place & UInt32(nod_own_row) != 0 else { return true }
    return Int(place & ~UInt32(nod_own_row)) &+ wordCount <= rowCount &* wordCount
  }

  // MARK: Rows

  /// A row that is a copy of a table's.
  ///
  /// - Complexity: O(words).
  package mutating func copy(_ table: borrowing FixedArray<UInt64>, from start: Int) -> RowPlace {
    precondition(start >= 0 && wordCount <= table.count &- start)
    let place = newRow()
    let (own, row) = unsafe (words.base + place, table.base + start)
    // Safety: both have `wordCount` words.
    for index in 0..<wordCount { unsafe own[index] = row[index] }
    return RowPlace(own: place)
  }

  /// A row without bits.
  ///
  /// - Complexity: O(words).
  package mutating func empty() -> RowPlace {
    let place = newRow()
    // Safety: the row has `wordCount` words.
    unsafe (words.base + place).update(repeating: 0, count: wordCount)
    return RowPlace(own: place)
  }

  private mutating func newRow() -> Int {
    precondition(rowCount < maxRows, "more rows than there is room for")
    let place = rowCount &* wordCount
    rowCount &+= 1
    return place
  }

  /// Adds the bits of a table's row to an own row.
  ///
  /// - Complexity: O(words).
  package mutating func formUnion(
    _ row: RowPlace, _ table: borrowing FixedArray<UInt64>, from start: Int
  ) {
    precondition(start >= 0 && wordCount <= table.count &- start)
    let (own, added) = unsafe (words.base + ownPlace(row), table.base + start)
    // Safety: both have `wordCount` words.
    for index in 0..<wordCount { unsafe own[index] |= added[index] }
  }

  /// Sets the bits that a part of a list names in an own row.
  ///
  /// - Complexity: O(bits).
  package mutating func insert(
    _ bits: borrowing FixedArray<UInt32>, _ range: Range<Int>, into row: RowPlace
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bits.count)
    let (own, list) = unsafe (words.base + ownPlace(row), bits.base)
    let bitCount = UInt32(truncatingIfNeeded: wordCount &* 64)
    for index in range {
      // Safety: the range lies inside the list, and the bit, as is checked, inside the row.
      let bit = unsafe list[index]
      precondition(bit < bitCount)
      unsafe own[Int(bit >> 6)] |= 1 &<< UInt64(bit & 63)
    }
  }

  @inline(__always)
  private func ownPlace(_ row: RowPlace) -> Int {
    let place = Int(row.rawValue & ~UInt32(nod_own_row))
    precondition(row.isOwn && place < rowCount &* wordCount)
    return place
  }
}

/// Where a row of words begins: in a shared table, or among the rows of a worker.
@frozen @usableFromInline
package struct RowPlace: Equatable, Sendable, BitwiseCopyable {
  @usableFromInline let rawValue: UInt32

  /// A row of the table, by its first word.
  @inlinable @inline(__always)
  package init(table place: Int) {
    precondition(place >= 0 && place < Int(nod_own_row))
    rawValue = UInt32(truncatingIfNeeded: place)
  }

  @inline(__always)
  fileprivate init(own place: Int) {
    rawValue = UInt32(truncatingIfNeeded: place) | UInt32(nod_own_row)
  }

  @inline(__always)
  fileprivate var isOwn: Bool { rawValue & UInt32(nod_own_row) != 0 }
}
