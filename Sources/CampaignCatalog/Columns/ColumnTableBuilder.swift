import FixedMemory

/// Collects targeting values line item by line item and freezes them into a ``ColumnTable``.
struct ColumnTableBuilder {
  private struct Key: Hashable {
    let dimension: Dimension
    let bytes: [UInt8]
  }

  private struct Members {
    var include: [UInt32] = []
    var exclude: [UInt32] = []
  }

  private let lineItemCount: Int
  private var members: [Key: Members] = [:]
  private var constrained: [[UInt32]]
  private var uses: [UInt8]

  /// - Parameter lineItemCount: the line items that will be added, by index from zero.
  init(lineItemCount: Int) {
    self.lineItemCount = lineItemCount
    constrained = Array(repeating: [], count: Dimension.allCases.count)
    uses = Array(repeating: 0, count: Dimension.allCases.count)
  }

  /// Notes that a line item accepts only the values it includes in a dimension.
  mutating func constrain(_ dimension: Dimension, lineItem: Int) {
    constrained[Int(dimension.rawValue)].append(UInt32(lineItem))
    uses[Int(dimension.rawValue)] |= 1
  }

  /// Notes that a line item includes a value; the key is in lower case.
  mutating func include(_ dimension: Dimension, _ key: [UInt8], lineItem: Int) {
    append(UInt32(lineItem), to: \.include, dimension, key)
    uses[Int(dimension.rawValue)] |= 1
  }

  /// Notes that a line item excludes a value; the key is in lower case.
  mutating func exclude(_ dimension: Dimension, _ key: [UInt8], lineItem: Int) {
    append(UInt32(lineItem), to: \.exclude, dimension, key)
    uses[Int(dimension.rawValue)] |= 2
  }

  /// A number's key.
  static func key(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }

  /// A text's key: its UTF-8 with ASCII letters in lower case.
  static func key(_ text: String) -> [UInt8] { text.utf8.map(\.asciiLowercased) }

  private mutating func append(
    _ lineItem: UInt32, to path: WritableKeyPath<Members, [UInt32]>, _ dimension: Dimension,
    _ bytes: [UInt8]
  ) {
    let key = Key(dimension: dimension, bytes: bytes)
    if members[key, default: Members()][keyPath: path].last != lineItem {
      members[key, default: Members()][keyPath: path].append(lineItem)
    }
  }

  /// The table of all that was added.
  ///
  /// - Complexity: O(values × line items that name them + dimensions × words).
  consuming func build() -> ColumnTable {
    let wordCount = LineItemRow.wordCount(lineItemCount)
    var capacity = 16
    while capacity < members.count * 2 { capacity *= 2 }
    let unconstrained = constrained.map { LineItemRow.all(lineItemCount, but: $0) }
    var frozen = FrozenColumns(wordCount: wordCount, first: Array(unconstrained.joined()))
    var uses = self.uses
    for dimension in uses.indices where unconstrained[dimension].contains(where: { $0 != 0 }) {
      uses[dimension] |= 4
    }
    var slots = FixedArray<ColumnSlot>(repeating: .vacant, count: capacity)
    var keyLengths = FixedArray<UInt64>(repeating: 0, count: Dimension.allCases.count)
    for (key, lists) in members {
      keyLengths[Int(key.dimension.rawValue)] |= 1 << UInt64(min(key.bytes.count, 63))
      var slot = frozen.slot(dimension: key.dimension, key: key.bytes)
      slot.include = frozen.column(lists.include)
      slot.exclude = frozen.column(lists.exclude)
      var place = Int(truncatingIfNeeded: slot.hash) & (capacity - 1)
      while slots[place].hash != 0 { place = (place + 1) & (capacity - 1) }
      slots[place] = slot
    }
    return ColumnTable(
      lineItemCount: lineItemCount, wordCount: wordCount, slots: slots,
      keys: frozen.keyBuffer(), indices: FixedArray(copying: frozen.indices),
      words: FixedArray(copying: frozen.words), uses: FixedArray(copying: uses),
      keyLengths: keyLengths)
  }
}

/// The lists of a ``ColumnTable`` while it is built.
private struct FrozenColumns {
  let wordCount: Int
  var keys: [UInt8] = []
  var indices: [UInt32] = []
  var words: [UInt64]

  /// - Parameter first: rows before those of columns.
  init(wordCount: Int, first: [UInt64]) {
    self.wordCount = wordCount
    words = first
  }

  mutating func slot(dimension: Dimension, key: [UInt8]) -> ColumnSlot {
    var slot = ColumnSlot.vacant
    slot.hash = ColumnHash.hash(dimension, key.rawSpan)
    slot.dimension = dimension
    slot.keyOffset = UInt32(keys.count)
    slot.keyCount = UInt32(key.count)
    keys += key
    return slot
  }

  mutating func column(_ lineItems: [UInt32]) -> Column {
    guard Column.isBitmap(lineItems.count, wordCount: wordCount) else {
      let column = Column(
        start: UInt32(indices.count), count: UInt32(lineItems.count), isDense: false)
      indices += lineItems
      return column
    }
    let start = words.count
    words += LineItemRow.of(lineItems, wordCount: wordCount)
    return Column(start: UInt32(start), count: UInt32(lineItems.count), isDense: true)
  }

  func keyBuffer() -> FixedBuffer {
    var buffer = FixedBuffer(capacity: max(1, keys.count))
    buffer.append(keys.rawSpan)
    return buffer
  }
}
