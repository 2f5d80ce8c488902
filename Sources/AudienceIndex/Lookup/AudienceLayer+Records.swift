import FixedMemory

/// The records of a layer by place: what cursors stand on.
extension AudienceLayer {
  /// The key of a record, and where its memberships start and end.
  struct RecordHead {
    let key: UserKey
    let body: Int
    let end: Int
  }

  /// Reads the head of the record at a place.
  func recordHead(at offset: Int) -> RecordHead {
    let bytes = file.bytes
    var reader = ByteReader(offset: offset + 16)
    let length = Int(truncatingIfNeeded: reader.varint(bytes))
    return RecordHead(
      key: UserKey(high: bytes.word(at: offset), low: bytes.word(at: offset + 8)),
      body: reader.offset, end: reader.offset + length)
  }

  /// Reads the memberships that start at a place.
  func readMemberships(at body: Int, into memberships: inout [Membership]) {
    RecordCodec.decode(file.bytes, at: body, into: &memberships)
  }

  /// Where the last block of records starts whose first key is not after a key.
  ///
  /// - Complexity: O(log blocks).
  func recordBlock(for target: UserKey) -> Int {
    let bytes = file.bytes
    let index = header[.recordIndex]
    var low = 0
    var high = index.count / 24
    while low < high {
      let middle = (low + high) / 2
      let place = index.offset + middle * 24
      let first = UserKey(high: bytes.word(at: place), low: bytes.word(at: place + 8))
      if target < first { high = middle } else { low = middle + 1 }
    }
    let start = header[.records].offset
    guard low > 0 else { return start }
    return start + Int(truncatingIfNeeded: bytes.word(at: index.offset + (low - 1) * 24 + 16))
  }
}
