import AuctionTypes
import FixedMemory

extension SettledIDs {
  /// Adds the binary form: until when bids are forgotten, then the chunks in order.
  func write(into bytes: inout [UInt8]) {
    bytes.append(signed: forgottenUntil.milliseconds)
    bytes.append(word32: UInt32(chunks.count))
    for (key, chunk) in chunks.sorted(by: { $0.key < $1.key }) {
      bytes.append(word: key.boot)
      bytes.append(byte: key.worker)
      bytes.append(word32: UInt32(key.block))
      bytes.append(signed: chunk.newest.milliseconds)
      bytes.append(!chunk.bitmap.isEmpty)
      if chunk.bitmap.isEmpty {
        bytes.append(half: UInt16(chunk.list.count))
        for id in chunk.list { bytes.append(half: id) }
      } else {
        for word in chunk.bitmap { bytes.append(word: word) }
      }
    }
  }

  mutating func restore(
    _ cursor: inout RecordCursor, _ bytes: RawSpan
  ) throws(LedgerDamage) {
    restore(forgottenUntil: try cursor.time(bytes))
    for _ in 0..<(try cursor.count(bytes, each: 24)) {
      let key = Key(
        boot: try cursor.word(bytes), worker: try cursor.byte(bytes),
        block: UInt64(try cursor.word32(bytes)))
      let newest = try cursor.time(bytes)
      var list: [UInt16] = []
      var bitmap: [UInt64] = []
      if try cursor.flag(bytes) {
        for _ in 0..<1_024 { bitmap.append(try cursor.word(bytes)) }
      } else {
        for _ in 0..<(try cursor.half(bytes)) { list.append(try cursor.half(bytes)) }
      }
      guard key.block < 1 << 24,
        let chunk = SettledChunk(list: list, bitmap: bitmap, newest: newest), restore(chunk, key)
      else { throw LedgerDamage("a chunk of booked bids is impossible") }
    }
  }
}
