import FixedMemory

// What a dimension's values and a request's make of line items, as rows: those of the table, or own
// ones of a worker where a column is a list or there are several.
extension ColumnTable {
  /// Whether every line item includes something in the dimension.
  @inline(__always)
  package func isRequired(_ dimension: Dimension) -> Bool {
    uses[Int(dimension.rawValue)] & 4 == 0
  }

  /// The row of the line items that include nothing in the dimension.
  @inline(__always)
  package func unconstrained(_ dimension: Dimension) -> RowPlace {
    RowPlace(table: Int(dimension.rawValue) &* wordCount)
  }

  /// Whether some line item includes a slot's value.
  @inline(__always)
  package func isIncluded(_ slot: Int) -> Bool { slots[slot].include.count > 0 }

  /// Whether some line item excludes a slot's value.
  @inline(__always)
  package func isExcluded(_ slot: Int) -> Bool { slots[slot].exclude.count > 0 }

  /// The row of the line items that include a slot's value; nil where they are a list.
  @inline(__always)
  package func includingRow(_ slot: Int) -> RowPlace? { row(slots[slot].include) }

  /// The row of the line items that exclude a slot's value; nil where they are a list.
  @inline(__always)
  package func excludingRow(_ slot: Int) -> RowPlace? { row(slots[slot].exclude) }

  @inline(__always)
  private func row(_ column: Column) -> RowPlace? {
    column.isDense ? RowPlace(table: Int(column.start)) : nil
  }

  /// An own row of the line items that include nothing in the dimension.
  ///
  /// - Complexity: O(words).
  package func copyUnconstrained(_ dimension: Dimension, to rows: inout BitmapRows) -> RowPlace {
    rows.copy(words, from: Int(dimension.rawValue) &* wordCount)
  }

  /// Adds the line items that include a slot's value to an own row.
  ///
  /// - Complexity: O(words) at most.
  package func addIncluding(_ slot: Int, to row: RowPlace, of rows: inout BitmapRows) {
    add(slots[slot].include, to: row, of: &rows)
  }

  /// Adds the line items that exclude a slot's value to an own row.
  ///
  /// - Complexity: O(words) at most.
  package func addExcluding(_ slot: Int, to row: RowPlace, of rows: inout BitmapRows) {
    add(slots[slot].exclude, to: row, of: &rows)
  }

  private func add(_ column: Column, to row: RowPlace, of rows: inout BitmapRows) {
    if column.isDense {
      rows.formUnion(row, words, from: Int(column.start))
    } else {
      rows.insert(indices, column.indices, into: row)
    }
  }
}
