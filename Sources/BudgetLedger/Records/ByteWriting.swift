import AuctionTypes

/// The binary form of numbers and names in records and checkpoints: little-endian, fixed widths.
extension [UInt8] {
  mutating func append(byte value: UInt8) { append(value) }

  mutating func append(half value: UInt16) {
    append(UInt8(truncatingIfNeeded: value))
    append(UInt8(truncatingIfNeeded: value >> 8))
  }

  mutating func append(word32 value: UInt32) {
    append(half: UInt16(truncatingIfNeeded: value))
    append(half: UInt16(truncatingIfNeeded: value >> 16))
  }

  mutating func append(word value: UInt64) {
    append(word32: UInt32(truncatingIfNeeded: value))
    append(word32: UInt32(truncatingIfNeeded: value >> 32))
  }

  mutating func append(signed value: Int64) { append(word: UInt64(bitPattern: value)) }

  mutating func append(_ flag: Bool) { append(byte: flag ? 1 : 0) }

  /// At most ``LedgerLimits/textBytes``, which whoever takes names in has checked.
  mutating func append(text: String) {
    precondition(text.utf8.count <= LedgerLimits.textBytes)
    append(half: UInt16(text.utf8.count))
    append(contentsOf: text.utf8)
  }

  mutating func append(_ bid: BidNumber) {
    append(word: bid.boot)
    append(byte: bid.worker)
    append(word: bid.sequence)
  }

  mutating func append(_ currency: CurrencyCode) {
    for index in 0..<3 { append(byte: currency.letter(index)) }
  }

  /// nil is no limit.
  mutating func append(_ amount: Money?) {
    append(amount != nil)
    append(signed: amount?.nanos ?? 0)
  }

  mutating func append(_ token: NoticeToken) {
    append(token.bid)
    append(signed: token.madeAt.milliseconds)
    append(word32: token.account.rawValue)
    append(word32: token.creative.rawValue)
    append(half: token.exchange.rawValue)
    append(half: token.size.width)
    append(half: token.size.height)
    append(signed: token.price.micros)
    append(token.currency)
    append(signed: token.rates.source)
    append(signed: token.rates.target)
    append(half: token.day.rawValue)
    append(word32: token.windowSeconds)
    append(token.isTest)
    append(byte: token.billOn.rawValue)
  }
}
