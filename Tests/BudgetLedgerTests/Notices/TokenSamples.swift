import AuctionTypes
import FixedMemory
import Support

@testable import BudgetLedger

/// Tokens and URLs for tests.
enum TokenSamples {
  static let key = Array(UInt8(1)...32)

  /// A token in the account's own currency.
  static func token(
    billOn: NoticeKind = .billing, price: Int64 = 2_500_000, rates: RatePair = .same
  ) -> NoticeToken {
    NoticeToken(
      bid: BidNumber(boot: 0x0123_4567_89AB_CDEF, worker: 3, sequence: 77),
      madeAt: WallTime(milliseconds: 1_790_000_000_123), account: AccountID(rawValue: 5),
      creative: CreativeID(rawValue: 9), exchange: ExchangeID(rawValue: 1),
      size: Size(width: 300, height: 250), price: CPM(micros: price), currency: .usd,
      rates: rates, day: LocalDay(rawValue: 20_780), windowSeconds: 60, isTest: false,
      billOn: billOn)
  }

  /// A token whose fields are all random.
  static func random(using random: inout SeededGenerator) -> NoticeToken {
    func upTo(_ bits: UInt64) -> UInt64 {
      random.next() & (1 << bits - 1) >> (random.next() % bits)
    }
    let letters = (0..<3).map { _ in UInt8(0x41 + random.next() % 26) }
    let isSame = random.next() % 2 == 0
    let rate = Int64(1 + upTo(40))
    return NoticeToken(
      bid: BidNumber(
        boot: random.next(), worker: UInt8(truncatingIfNeeded: random.next()), sequence: upTo(40)),
      madeAt: WallTime(milliseconds: Int64(upTo(48))),
      account: AccountID(rawValue: UInt32(upTo(32))),
      creative: CreativeID(rawValue: UInt32(upTo(32))),
      exchange: ExchangeID(rawValue: UInt16(upTo(16))),
      size: Size(width: UInt16(upTo(16)), height: UInt16(upTo(16))),
      price: CPM(micros: Int64(upTo(40))),
      currency: CurrencyCode(letters[0], letters[1], letters[2]) ?? .usd,
      rates: isSame ? .same : RatePair(source: rate, target: Int64(1 + upTo(62)) | 1 << 38),
      day: LocalDay(rawValue: UInt16(upTo(16))), windowSeconds: UInt32(random.next() % 86_401),
      isTest: random.next() % 2 == 0,
      billOn: NoticeKind.allCases[Int(random.next() % UInt64(NoticeKind.allCases.count))])
  }

  /// What follows `/n/` in a token's URL of a kind.
  static func path(_ kind: NoticeKind, of token: NoticeToken) -> [UInt8] {
    var signer = NoticeSigner(key: key)
    signer.sign(token)
    var buffer = FixedBuffer(capacity: NoticeSigner.longestPath)
    signer.appendPath(kind, to: &buffer)
    precondition(!buffer.overflowed)
    return (3..<buffer.count).map { buffer.bytes.byte(at: $0) }
  }

  /// Reads a path that ends at a page which must not be touched.
  static func read(_ path: [UInt8], key: [UInt8] = key) -> SignedNotice? {
    var signer = NoticeSigner(key: key)
    return GuardedBytes(path).withBytes { signer.read($0) }
  }
}
