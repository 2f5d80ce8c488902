import AuctionTypes
import CampaignDocuments
import FixedMemory

/// Collects the clauses of line items and freezes them into ``AudienceColumns``.
struct AudienceColumnsBuilder {
  private let registry: SegmentRegistry
  /// For each segment and role, its line items.
  private var members: [SegmentID: [[UInt32]]] = [:]
  /// For each wanted set, the line items that have one.
  private var wanting: [[UInt32]] = Array(repeating: [], count: CatalogLimits.audienceRequirements)

  /// Line items whose clause must be asked and does not hold for a user in no segment.
  private var unsatisfied: [UInt32] = []
  private var hasQuestions = false

  /// - Parameter registry: gives numbers to segments, also to those without members yet.
  init(registry: SegmentRegistry) { self.registry = registry }

  /// Adds a line item's clause.
  mutating func add(_ clause: AudienceExpression, lineItem: Int) {
    guard let requirements = AudienceRequirements(clause, registry) else {
      for segment in Set(clause.segments.map(registry.intern)) {
        append(lineItem, .question, segment)
      }
      hasQuestions = true
      if !AudienceProgramBuilder.holdsForNobody(clause) { unsatisfied.append(UInt32(lineItem)) }
      return
    }
    for (set, segments) in requirements.wanted.enumerated() {
      wanting[set].append(UInt32(lineItem))
      for segment in segments { append(lineItem, .wanted(set), segment) }
    }
    for segment in requirements.unwanted { append(lineItem, .unwanted, segment) }
  }

  private mutating func append(_ lineItem: Int, _ role: AudienceRole, _ segment: SegmentID) {
    members[segment, default: Array(repeating: [], count: AudienceRole.allCases.count)][
      Int(role.rawValue)
    ].append(UInt32(lineItem))
  }

  /// The columns of all that was added.
  ///
  /// - Complexity: O(segments × line items that name them + words).
  consuming func build(lineItemCount: Int) -> AudienceColumns {
    let wordCount = LineItemRow.wordCount(lineItemCount)
    let setCount = wanting.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    var words: [UInt64] = []
    for set in 0..<setCount { words += LineItemRow.all(lineItemCount, but: wanting[set]) }
    if hasQuestions { words += LineItemRow.all(lineItemCount, but: unsatisfied) }
    let segmentCount = members.keys.map { Int($0.rawValue) + 1 }.max() ?? 0
    var starts: [UInt32] = []
    var columns: [UInt32] = []
    starts.reserveCapacity(segmentCount + 1)
    for segment in 0..<segmentCount {
      starts.append(UInt32(columns.count))
      guard let lists = members[SegmentID(rawValue: UInt32(segment))] else { continue }
      for role in AudienceRole.allCases where !lists[Int(role.rawValue)].isEmpty {
        Self.write(lists[Int(role.rawValue)], role, wordCount, &columns, &words)
      }
    }
    starts.append(UInt32(columns.count))
    return AudienceColumns(
      wordCount: wordCount, starts: FixedArray(copying: starts),
      columns: FixedArray(copying: columns), words: FixedArray(copying: words),
      setCount: setCount, hasQuestions: hasQuestions)
  }

  /// A row where a list would be more work; questions are always a list.
  private static func write(
    _ lineItems: [UInt32], _ role: AudienceRole, _ wordCount: Int, _ columns: inout [UInt32],
    _ words: inout [UInt64]
  ) {
    typealias Head = AudienceColumns.Head
    let head = role.rawValue | UInt32(lineItems.count) << Head.countShift
    guard role != .question, Column.isBitmap(lineItems.count, wordCount: wordCount) else {
      columns.append(head)
      columns += lineItems
      return
    }
    columns += [head | Head.rowBit, UInt32(words.count)]
    words += LineItemRow.of(lineItems, wordCount: wordCount)
  }
}
