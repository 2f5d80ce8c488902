import AuctionTypes
import FixedMemory

/// How a token is laid out in bytes: groups of 48 bits, big-endian, each of which is eight
/// characters of base64url.
///
/// | group | bits, the highest first |
/// |---|---|
/// | 0 | version 3, rates 1, test 1, event that books 3, sequence 40 |
/// | 1 | time in milliseconds 48 |
/// | 2 | price in micros 48 |
/// | 3 | account 32, exchange 16 |
/// | 4 | creative 32, day 16 |
/// | 5 | width 16, height 16, zero 1, currency 3 · 5 |
/// | 6 | window in seconds 24, worker 8, boot 16 |
/// | 7 | boot 48 |
/// | 8 | source rate 48 |
/// | 9 | source rate 16, target rate 32 |
/// | 10 | target rate 32, and 16 that are not written |
///
/// The groups from 8 on are left out where the bid is in the account's currency.
enum TokenLayout {
  /// Of this layout; another one would be another token.
  private static let version: UInt64 = 1
  /// Bytes and characters without rates.
  static let shortBytes = 48
  static let shortCharacters = 64
  /// Bytes and characters with rates.
  static let longBytes = 64
  static let longCharacters = 86

  /// Whether a token is longer by its rates.
  static func hasRates(_ token: NoticeToken) -> Bool { token.rates != .same }

  /// The first eight groups, which every token has.
  ///
  /// - Precondition: the token keeps the limits of ``NoticeSigner/sign(_:)``.
  static func groups(of token: NoticeToken) -> InlineArray<8, UInt64> {
    let bid = token.bid
    let price = UInt64(token.price.micros)
    let time = UInt64(token.madeAt.milliseconds)
    precondition(bid.sequence < 1 << 40 && price < 1 << 48 && time < 1 << 48)
    precondition(token.windowSeconds <= LedgerLimits.windowSeconds)
    let size = UInt64(token.size.width) << 32 | UInt64(token.size.height) << 16
    return [
      head(of: token) << 40 | bid.sequence,
      time,
      price,
      UInt64(token.account.rawValue) << 16 | UInt64(token.exchange.rawValue),
      UInt64(token.creative.rawValue) << 16 | UInt64(token.day.rawValue),
      size | bits(of: token.currency),
      UInt64(token.windowSeconds) << 24 | UInt64(bid.worker) << 16 | bid.boot >> 48,
      bid.boot & (1 << 48 - 1),
    ]
  }

  /// The token of some groups; nil where they are of another layout.
  static func token(_ groups: InlineArray<8, UInt64>, rates: RatePair) -> NoticeToken? {
    guard let currency = currency(groups[5] & 0xFFFF),
      let billOn = NoticeKind(rawValue: UInt8(groups[0] >> 40 & 7))
    else { return nil }
    let token = NoticeToken(
      bid: BidNumber(
        boot: groups[6] << 48 | groups[7], worker: UInt8(groups[6] >> 16 & 0xFF),
        sequence: groups[0] & (1 << 40 - 1)),
      madeAt: WallTime(milliseconds: Int64(groups[1])),
      account: AccountID(rawValue: UInt32(groups[3] >> 16)),
      creative: CreativeID(rawValue: UInt32(groups[4] >> 16)),
      exchange: ExchangeID(rawValue: UInt16(groups[3] & 0xFFFF)),
      size: Size(width: UInt16(groups[5] >> 32), height: UInt16(groups[5] >> 16 & 0xFFFF)),
      price: CPM(micros: Int64(groups[2])), currency: currency, rates: rates,
      day: LocalDay(rawValue: UInt16(groups[4] & 0xFFFF)),
      windowSeconds: UInt32(groups[6] >> 24), isTest: groups[0] >> 43 & 1 != 0, billOn: billOn)
    return groups[0] >> 40 == head(of: token) && token.reserved != nil ? token : nil
  }

  /// The groups of the rates of a token that has them.
  ///
  /// - Precondition: both are positive.
  static func groups(of rates: RatePair) -> InlineArray<3, UInt64> {
    let source = UInt64(rates.source)
    let target = UInt64(rates.target)
    return [
      source >> 16, (source & 0xFFFF) << 32 | target >> 32, (target & 0xFFFF_FFFF) << 16,
    ]
  }

  /// The rates of some groups; nil where one is not positive.
  static func rates(_ groups: InlineArray<3, UInt64>) -> RatePair? {
    let source = Int64(bitPattern: groups[0] << 16 | groups[1] >> 32)
    let target = Int64(bitPattern: groups[1] << 32 | groups[2] >> 16)
    return source > 0 && target > 0 ? RatePair(source: source, target: target) : nil
  }

  private static func head(of token: NoticeToken) -> UInt64 {
    version << 5 | (hasRates(token) ? 1 << 4 : 0) | (token.isTest ? 1 << 3 : 0)
      | UInt64(token.billOn.rawValue)
  }

  /// Five bits a letter; none for what is no code.
  private static func bits(of currency: CurrencyCode) -> UInt64 {
    let first = UInt64(currency.letter(0) & 0x1F)
    let second = UInt64(currency.letter(1) & 0x1F)
    return first << 10 | second << 5 | UInt64(currency.letter(2) & 0x1F)
  }

  private static func currency(_ bits: UInt64) -> CurrencyCode? {
    if bits == 0 { return .unreadable }
    guard bits < 1 << 15 else { return nil }
    return CurrencyCode(
      UInt8(bits >> 10) | 0x40, UInt8(bits >> 5 & 0x1F) | 0x40, UInt8(bits & 0x1F) | 0x40)
  }
}
