/// How often one outcome occurred in a minute, line item by line item: those without are left out,
/// and most take two to four bytes.
struct FunnelColumn: Sendable {
  /// Entries between two places that can be found at once.
  private static let entriesOfBlock = 256

  /// Where a block starts, and what its first entry is counted from.
  private struct Block {
    let after: UInt32
    let offset: UInt32
  }

  private var bytes: [UInt8] = []
  private var blocks: [Block] = []
  private var entries = 0
  private var last: UInt32 = 0

  /// Adds what an account has; accounts come in ascending order.
  mutating func append(_ count: UInt64, account: UInt32) {
    if entries % Self.entriesOfBlock == 0 {
      blocks.append(Block(after: last, offset: UInt32(bytes.count)))
    }
    append(UInt64(account - last))
    append(count)
    last = account
    entries += 1
  }

  /// What an account has.
  ///
  /// - Complexity: O(log entries).
  func count(of account: UInt32) -> UInt64 {
    guard entries > 0, account <= last, let block = block(of: account) else { return 0 }
    var offset = Int(block.offset)
    var current = block.after
    for _ in 0..<Self.entriesOfBlock where offset < bytes.count {
      current += UInt32(read(&offset))
      let count = read(&offset)
      if current == account { return count }
      if current > account { return 0 }
    }
    return 0
  }

  /// The bytes that it takes.
  var byteCount: Int { bytes.count + blocks.count * MemoryLayout<Block>.stride }

  /// Gives back what was allocated beyond what is used.
  func trimmed() -> FunnelColumn {
    var column = self
    column.bytes = bytes.map { $0 }
    return column
  }

  /// The last block that starts before an account, or with it.
  private func block(of account: UInt32) -> Block? {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      // Only the first block may start with account 0, which counts from itself.
      if blocks[middle].after < account || middle == 0 {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low > 0 ? blocks[low - 1] : nil
  }

  /// Seven bits a byte, the lowest first; the highest bit says that more follow.
  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private func read(_ offset: inout Int) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }
}
