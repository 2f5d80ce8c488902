import AuctionTypes
import BudgetLedger
import FixedMemory

/// The binary form: 13 words, little-endian, the token in full.
///
/// 0: kind, flags (1 test, 2 late), the event that books, problem (a byte each), loss reason,
/// exchange (16 bits each). 1: time. 2: price. 3: paid. 4: boot. 5: sequence, and the worker in the
/// upper byte. 6: when the bid was made. 7: its price. 8, 9: rates. 10: account, creative. 11:
/// width, height, day, the event that booked. 12: window, and the currency's letters.
extension LoggedEvent {
  /// Bytes of every event.
  package static var byteCount: Int { 104 }

  private static var testFlag: UInt64 { 1 }
  private static var lateFlag: UInt64 { 2 }

  /// Adds the binary form.
  func write(into buffer: inout FixedBuffer) {
    let token = event.token
    let flags =
      (token.isTest ? Self.testFlag : 0) | (booking?.isLate == true ? Self.lateFlag : 0)
    buffer.append(
      word: UInt64(event.kind.rawValue) | flags << 8 | UInt64(token.billOn.rawValue) << 16
        | UInt64(booking?.problem.rawValue ?? 0) << 24 | UInt64(event.lossReason) << 32
        | UInt64(token.exchange.rawValue) << 48)
    buffer.append(word: UInt64(bitPattern: event.time.milliseconds))
    buffer.append(word: UInt64(bitPattern: event.price.micros))
    buffer.append(word: UInt64(bitPattern: booking?.paid.nanos ?? 0))
    buffer.append(word: token.bid.boot)
    buffer.append(word: token.bid.sequence & Self.sequenceMask | UInt64(token.bid.worker) << 56)
    buffer.append(word: UInt64(bitPattern: token.madeAt.milliseconds))
    buffer.append(word: UInt64(bitPattern: token.price.micros))
    buffer.append(word: UInt64(bitPattern: token.rates.source))
    buffer.append(word: UInt64(bitPattern: token.rates.target))
    buffer.append(
      word: UInt64(token.account.rawValue) | UInt64(token.creative.rawValue) << 32)
    buffer.append(
      word: UInt64(token.size.width) | UInt64(token.size.height) << 16
        | UInt64(token.day.rawValue) << 32 | UInt64(booking?.kind.rawValue ?? 0) << 48)
    buffer.append(word: UInt64(token.windowSeconds) | UInt64(token.currency.packed) << 32)
  }

  /// The event at an offset; nil where a field holds what it cannot.
  ///
  /// - Precondition: ``byteCount`` bytes are there.
  init?(_ bytes: RawSpan, at offset: Int) {
    func word(_ index: Int) -> UInt64 { bytes.word(at: offset + index * 8) }
    let (first, places) = (word(0), word(11))
    guard let kind = AdEvent.Kind(rawValue: UInt8(truncatingIfNeeded: first)),
      let problem = PriceProblem(rawValue: UInt8(truncatingIfNeeded: first >> 24)),
      let bookedBy = NoticeKind(rawValue: UInt8(truncatingIfNeeded: places >> 48)),
      let token = Self.token(bytes, at: offset)
    else { return nil }
    event = AdEvent(
      kind: kind, token: token, time: WallTime(milliseconds: Int64(bitPattern: word(1))),
      price: CPM(micros: Int64(bitPattern: word(2))),
      lossReason: UInt16(truncatingIfNeeded: first >> 32))
    if kind == .booking {
      booking = Booking(
        paid: Money(nanos: Int64(bitPattern: word(3))), isLate: first >> 8 & Self.lateFlag != 0,
        kind: bookedBy, problem: problem)
    }
  }

  private static var sequenceMask: UInt64 { 1 << 56 - 1 }

  private static func token(_ bytes: RawSpan, at offset: Int) -> NoticeToken? {
    func word(_ index: Int) -> UInt64 { bytes.word(at: offset + index * 8) }
    let (first, places, last) = (word(0), word(11), word(12))
    guard let billOn = NoticeKind(rawValue: UInt8(truncatingIfNeeded: first >> 16)),
      let currency = currency(UInt32(truncatingIfNeeded: last >> 32))
    else { return nil }
    return NoticeToken(
      bid: BidNumber(
        boot: word(4), worker: UInt8(truncatingIfNeeded: word(5) >> 56),
        sequence: word(5) & sequenceMask),
      madeAt: WallTime(milliseconds: Int64(bitPattern: word(6))),
      account: AccountID(rawValue: UInt32(truncatingIfNeeded: word(10))),
      creative: CreativeID(rawValue: UInt32(truncatingIfNeeded: word(10) >> 32)),
      exchange: ExchangeID(rawValue: UInt16(truncatingIfNeeded: first >> 48)),
      size: Size(
        width: UInt16(truncatingIfNeeded: places),
        height: UInt16(truncatingIfNeeded: places >> 16)),
      price: CPM(micros: Int64(bitPattern: word(7))), currency: currency,
      rates: RatePair(source: Int64(bitPattern: word(8)), target: Int64(bitPattern: word(9))),
      day: LocalDay(rawValue: UInt16(truncatingIfNeeded: places >> 32)),
      windowSeconds: UInt32(truncatingIfNeeded: last), isTest: first >> 8 & testFlag != 0,
      billOn: billOn)
  }

  private static func currency(_ packed: UInt32) -> CurrencyCode? {
    if packed == 0 { return .unreadable }
    let code = CurrencyCode(
      UInt8(truncatingIfNeeded: packed), UInt8(truncatingIfNeeded: packed >> 8),
      UInt8(truncatingIfNeeded: packed >> 16))
    return code?.packed == packed ? code : nil
  }
}
