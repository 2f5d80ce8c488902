import FixedMemory

/// Walks through the blocks of a file of events, over what is damaged.
struct EventScan {
  /// What comes next in a file.
  enum Item {
    /// A valid block; where its payload lies.
    case block(EventBlock, offset: Int, byteCount: Int)
    /// Bytes that hold no block, up to the next one.
    case gap(Range<Int>)
    /// Bytes that hold no block, up to the end.
    case tail(Range<Int>)
  }

  /// The place of what comes next.
  private(set) var place: JournalPosition

  /// - Parameter number: of the file, whose blocks are valid in it alone.
  init(number: UInt32) {
    place = JournalPosition(segment: number, offset: UInt32(EventFileHeader.byteCount))
  }

  /// What comes next; nil at the end.
  ///
  /// - Complexity: O(bytes of it).
  mutating func next(in file: RawSpan) -> Item? {
    let start = Int(place.offset)
    guard start < file.byteCount else { return nil }
    if let (block, offset, count) = block(in: file) {
      place.offset += UInt32(JournalFrame.byteCount(payload: count))
      return .block(block, offset: offset, byteCount: count)
    }
    guard let next = JournalFrame.firstValid(in: file, behind: place) else {
      place.offset = UInt32(file.byteCount)
      return .tail(start..<file.byteCount)
    }
    place = next
    return .gap(start..<Int(next.offset))
  }

  private func block(in file: RawSpan) -> (EventBlock, offset: Int, byteCount: Int)? {
    guard let count = JournalFrame.payloadCount(in: file, at: place) else { return nil }
    let offset = Int(place.offset) + JournalFrame.headBytes
    return EventBlock(file.slice(offset, count)).map { ($0, offset, count) }
  }
}
