import FixedMemory

/// Collects the catalog's texts, each distinct one once.
struct CatalogText {
  private(set) var bytes: [UInt8] = []
  private var known: [[UInt8]: ByteSlice] = [:]

  /// The place of some bytes.
  mutating func add(_ added: [UInt8]) -> ByteSlice {
    if added.isEmpty { return .empty }
    if let place = known[added] { return place }
    let place = ByteSlice(offset: bytes.count, count: added.count)
    bytes += added
    known[added] = place
    return place
  }

  /// The place of a text as it is.
  mutating func add(_ text: String) -> ByteSlice { add(Array(text.utf8)) }

  /// The bytes in fixed memory.
  func buffer() -> FixedBuffer {
    var buffer = FixedBuffer(capacity: max(1, bytes.count))
    buffer.append(bytes.rawSpan)
    return buffer
  }
}
