import AuctionTypes
import FixedMemory

/// A place in bytes that are read front to back; every read past their end is damage.
struct RecordCursor {
  private(set) var offset: Int
  private let end: Int

  init(offset: Int = 0, end: Int) {
    self.offset = offset
    self.end = end
  }

  var isAtEnd: Bool { offset == end }

  mutating func byte(_ bytes: RawSpan) throws(LedgerDamage) -> UInt8 {
    bytes.byte(at: try advance(1))
  }

  mutating func half(_ bytes: RawSpan) throws(LedgerDamage) -> UInt16 {
    bytes.halfWord(at: try advance(2))
  }

  mutating func word32(_ bytes: RawSpan) throws(LedgerDamage) -> UInt32 {
    bytes.word32(at: try advance(4))
  }

  mutating func word(_ bytes: RawSpan) throws(LedgerDamage) -> UInt64 {
    bytes.word(at: try advance(8))
  }

  mutating func signed(_ bytes: RawSpan) throws(LedgerDamage) -> Int64 {
    Int64(bitPattern: try word(bytes))
  }

  mutating func flag(_ bytes: RawSpan) throws(LedgerDamage) -> Bool {
    switch try byte(bytes) {
    case 0: false
    case 1: true
    default: throw LedgerDamage("a flag is neither 0 nor 1")
    }
  }

  /// A number of things that follow, each of at least so many bytes.
  mutating func count(_ bytes: RawSpan, each size: Int) throws(LedgerDamage) -> Int {
    let count = Int(try word32(bytes))
    guard count <= (end - offset) / size else { throw LedgerDamage("a count is too large") }
    return count
  }

  mutating func text(_ bytes: RawSpan) throws(LedgerDamage) -> String {
    let count = Int(try half(bytes))
    guard count <= LedgerLimits.textBytes else { throw LedgerDamage("a text is too long") }
    let start = try advance(count)
    let codes = (start..<start + count).map { bytes.byte(at: $0) }
    guard let text = String(validating: codes, as: UTF8.self) else {
      throw LedgerDamage("a text is not UTF-8")
    }
    return text
  }

  /// An amount that is not negative and small enough to be added to any other.
  mutating func money(_ bytes: RawSpan) throws(LedgerDamage) -> Money {
    let nanos = try signed(bytes)
    guard nanos >= 0, nanos < 1 << 62 else { throw LedgerDamage("an amount is out of range") }
    return Money(nanos: nanos)
  }

  mutating func optionalMoney(_ bytes: RawSpan) throws(LedgerDamage) -> Money? {
    let isThere = try flag(bytes)
    let nanos = try signed(bytes)
    guard nanos >= 0, isThere || nanos == 0 else { throw LedgerDamage("a limit is negative") }
    return isThere ? Money(nanos: nanos) : nil
  }

  mutating func time(_ bytes: RawSpan) throws(LedgerDamage) -> WallTime {
    WallTime(milliseconds: try signed(bytes))
  }

  mutating func account(_ bytes: RawSpan) throws(LedgerDamage) -> AccountID {
    let number = try word32(bytes)
    guard number < UInt32(LedgerLimits.accounts) else {
      throw LedgerDamage("an account's number is out of range")
    }
    return AccountID(rawValue: number)
  }

  mutating func day(_ bytes: RawSpan) throws(LedgerDamage) -> LocalDay {
    LocalDay(rawValue: try half(bytes))
  }

  mutating func currency(_ bytes: RawSpan) throws(LedgerDamage) -> CurrencyCode {
    let letters = (try byte(bytes), try byte(bytes), try byte(bytes))
    if letters == (0, 0, 0) { return .unreadable }
    guard let code = CurrencyCode(letters.0, letters.1, letters.2),
      (code.letter(0), code.letter(1), code.letter(2)) == letters
    else { throw LedgerDamage("a currency is no code") }
    return code
  }

  mutating func bid(_ bytes: RawSpan) throws(LedgerDamage) -> BidNumber {
    let bid = BidNumber(boot: try word(bytes), worker: try byte(bytes), sequence: try word(bytes))
    guard bid.sequence < 1 << 40 else { throw LedgerDamage("a bid's number is out of range") }
    return bid
  }

  mutating func kind(_ bytes: RawSpan) throws(LedgerDamage) -> NoticeKind {
    guard let kind = NoticeKind(rawValue: try byte(bytes)) else {
      throw LedgerDamage("a notice's kind is unknown")
    }
    return kind
  }

  mutating func token(_ bytes: RawSpan) throws(LedgerDamage) -> NoticeToken {
    let token = NoticeToken(
      bid: try bid(bytes), madeAt: try time(bytes), account: try account(bytes),
      creative: CreativeID(rawValue: try word32(bytes)),
      exchange: ExchangeID(rawValue: try half(bytes)),
      size: Size(width: try half(bytes), height: try half(bytes)),
      price: CPM(micros: try money(bytes).nanos), currency: try currency(bytes),
      rates: RatePair(source: try signed(bytes), target: try signed(bytes)),
      day: try day(bytes), windowSeconds: try word32(bytes), isTest: try flag(bytes),
      billOn: try kind(bytes))
    guard token.rates.source > 0, token.rates.target > 0 else {
      throw LedgerDamage("a rate is not positive")
    }
    return token
  }

  private mutating func advance(_ count: Int) throws(LedgerDamage) -> Int {
    guard count <= end - offset else { throw LedgerDamage("a record is cut short") }
    defer { offset += count }
    return offset
  }
}
