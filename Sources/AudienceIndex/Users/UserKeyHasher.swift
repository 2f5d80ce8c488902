import FixedMemory

/// Turns the ids of one space into user keys, without allocation.
@usableFromInline
package struct UserKeyHasher: Sendable, BitwiseCopyable {
  private let prefix: SipHash128
  private let format: IDSpace.Format
  private let foldsCase: Bool

  package init(space: IDSpace, key: HashKey) {
    var prefix = SipHash128(key: key)
    let name = Array(space.name.utf8) + [0]
    prefix.update(name.rawSpan)
    self.prefix = prefix
    format = space.format
    foldsCase = space.foldsCase
  }

  /// The key of an id, or nil when the bytes are no usable id of the space (``isUsableID(_:)``,
  /// ``IDSpace/Format``, ``Limits/maxIDBytes``).
  ///
  /// - Complexity: O(bytes), at most ``Limits/maxIDBytes``.
  package func key(of id: RawSpan) -> UserKey? {
    guard isUsableID(id), format.accepts(id) else { return nil }
    var hash = prefix
    hash.update(id, folding: foldsCase)
    let (high, low) = hash.finished()
    return UserKey(high: high, low: low)
  }

  /// The key of an id given as text.
  package func key(of id: String) -> UserKey? {
    let bytes = Array(id.utf8)
    return key(of: bytes.rawSpan)
  }
}

extension IDSpace.Format {
  /// Whether bytes have the format.
  ///
  /// - Complexity: O(bytes).
  package func accepts(_ id: RawSpan) -> Bool {
    switch self {
    case .any: return true
    case .digits:
      for offset in 0..<id.byteCount where !id.byte(at: offset).isDigit { return false }
      return true
    case .hex:
      for offset in 0..<id.byteCount where !id.byte(at: offset).isHexDigit { return false }
      return id.byteCount & 1 == 0
    case .uuid: return Self.isUUID(id)
    }
  }

  private static func isUUID(_ id: RawSpan) -> Bool {
    guard id.byteCount == 36 else { return false }
    for offset in 0..<36 {
      let byte = id.byte(at: offset)
      let isDash = offset == 8 || offset == 13 || offset == 18 || offset == 23
      guard isDash ? byte == UInt8(ascii: "-") : byte.isHexDigit else { return false }
    }
    return true
  }
}

extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
}
