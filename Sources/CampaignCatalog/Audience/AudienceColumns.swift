import AuctionTypes
import FixedMemory

/// What a segment does for the line items whose clause names it.
enum AudienceRole: UInt32, CaseIterable {
  // A member of the segment meets this wanted set of the line items.
  case first, second, third, fourth
  // A member of the segment is unwanted by them.
  case unwanted
  // Their clause must be asked.
  case question

  /// The role in a wanted set, by its number.
  static func wanted(_ set: Int) -> AudienceRole {
    precondition(set < Int(unwanted.rawValue))
    return allCases[set]
  }
}

/// The audience clauses of all line items as columns of their segments: what a user's segments ask
/// for is looked at, and no other line item.
///
/// Most clauses are a few sets of segments of which the user must be in one each, and segments that
/// the user must not be in (``AudienceRequirements``). For each set there is a row of line items
/// that are content: those that have no such set, and those whose set has one of the user's
/// segments.
@usableFromInline
package struct AudienceColumns: ~Copyable, Sendable {
  let wordCount: Int
  /// For each segment's number, where its columns start; one more for the end.
  let starts: FixedArray<UInt32>
  /// Columns: role and kind and count in one number, then the line items, or the place of a row.
  let columns: FixedArray<UInt32>
  /// The rows of line items without a wanted set, set by set; then, where some clause must be
  /// asked, those without such a clause or whose clause a user in no segment satisfies; then the
  /// rows of segments that many line items name.
  let words: FixedArray<UInt64>
  /// The wanted sets that some line item has.
  let setCount: Int
  /// Whether some clause must be asked.
  let hasQuestions: Bool
  let inPlace = InPlace()

  /// The rows of the wanted sets, as many as ``CatalogLimits/audienceRequirements``.
  typealias SetPlaces = InlineArray<4, RowPlace>

  /// The first number of a column: its role in the lowest bits, then whether it is a row, then how
  /// many line items it has.
  enum Head {
    static let roleBits: UInt32 = 3
    static let roleMask: UInt32 = 1 << roleBits - 1
    static let rowBit: UInt32 = 1 << roleBits
    static let countShift: UInt32 = roleBits + 1
  }

  /// Narrows line items to those whose clause a user in some segments satisfies, but for those
  /// whose clause must be asked about them, which are collected; says whether any is left.
  ///
  /// - Parameters:
  ///   - segments: all of the user's.
  ///   - rows: where rows are made and steps are taken; it has none.
  ///   - asked: the line items that are collected, as bits.
  /// - Complexity: O(line items that name one of the segments + words).
  package func narrow(
    _ candidates: inout BitmapWords, to segments: Span<SegmentID>, _ rows: inout BitmapRows,
    asked: inout BitmapWords, questions: inout FixedArray<UInt32>
  ) -> Bool {
    for index in segments.indices { prefetch(segments[index]) }
    var places = SetPlaces(repeating: RowPlace(table: 0))
    for set in 0..<setCount { places[set] = rows.copy(words, from: set &* wordCount) }
    for index in segments.indices {
      let segment = Int(segments[index].rawValue)
      guard segment &+ 1 < starts.count else { continue }
      var place = Int(starts[segment])
      let end = Int(starts[segment &+ 1])
      while place < end {
        let head = columns[place]
        let role = head & Head.roleMask
        let count = Int(head &>> Head.countShift)
        if role == AudienceRole.question.rawValue {
          collect(place &+ 1, count, among: candidates, &asked, &questions)
          place &+= count &+ 1
        } else if role == AudienceRole.unwanted.rawValue {
          place = drop(place, count, from: &candidates)
        } else if head & Head.rowBit != 0 {
          rows.formUnion(places[Int(role)], words, from: Int(columns[place &+ 1]))
          place &+= 2
        } else {
          rows.insert(columns, place &+ 1..<place &+ 1 &+ count, into: places[Int(role)])
          place &+= count &+ 1
        }
      }
    }
    for set in 0..<setCount { rows.keep(places[set]) }
    if hasQuestions { rows.keep(RowPlace(table: setCount &* wordCount)) }
    let steps = rows.stepCount
    return rows.narrow(&candidates, by: words) == steps
  }

  /// Has the processor fetch what is said of a segment.
  @inline(__always)
  private func prefetch(_ segment: SegmentID) {
    let number = Int(segment.rawValue)
    if number < starts.count { columns.prefetch(Int(starts[number])) }
  }

  /// Drops the line items of a column that does not want the segment; returns where the next is.
  private func drop(_ place: Int, _ count: Int, from candidates: inout BitmapWords) -> Int {
    if columns[place] & Head.rowBit != 0 {
      candidates.subtract(words, from: Int(columns[place &+ 1]))
      return place &+ 2
    }
    let end = place &+ 1 &+ count
    for index in place &+ 1..<end { candidates.remove(Int(columns[index])) }
    return end
  }

  private func collect(
    _ start: Int, _ count: Int, among candidates: borrowing BitmapWords,
    _ asked: inout BitmapWords, _ questions: inout FixedArray<UInt32>
  ) {
    for index in start..<start &+ count {
      let lineItem = Int(columns[index])
      guard candidates.contains(lineItem), !asked.contains(lineItem) else { continue }
      asked.insert(lineItem)
      questions.append(columns[index])
    }
  }
}
