import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO

/// Notice URLs as bids of a server under test carry them.
enum NoticeSample {
  static let key = [UInt8](repeating: 0x6B, count: 32)
  static let retentionMilliseconds: Int64 = 30 * 86_400_000
  /// The creative that the server under test knows, and where it leads.
  static let creative = CreativeID(rawValue: 3)
  static let landingURL = "https://acme.example/landing?a=1&b=%20"

  static var now: WallTime { WallTime(milliseconds: Clock.realtimeMilliseconds()) }

  static func token(
    _ sequence: UInt64 = 1, billOn: NoticeKind = .billing, age: Int64 = 0, isTest: Bool = false,
    creative: CreativeID = creative
  ) -> NoticeToken {
    NoticeToken(
      bid: BidNumber(boot: 0x0123_4567_89AB_CDEF, worker: 0, sequence: sequence),
      madeAt: WallTime(milliseconds: now.milliseconds - age), account: AccountID(rawValue: 5),
      creative: creative, exchange: ExchangeID(rawValue: 0), size: Size(width: 300, height: 250),
      price: CPM(micros: 2_000_000), currency: .usd, rates: .same,
      day: LocalDay(rawValue: 20_000), windowSeconds: 60, isTest: isTest, billOn: billOn)
  }

  static func path(_ kind: NoticeKind, _ token: NoticeToken, key: [UInt8] = key) -> String {
    var signer = NoticeSigner(key: key)
    signer.sign(token)
    var buffer = FixedBuffer(capacity: NoticeSigner.longestPath)
    signer.appendPath(kind, to: &buffer)
    var bytes: [UInt8] = []
    for offset in 0..<buffer.count { bytes.append(buffer.bytes.byte(at: offset)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A notice as the exchange sends it, its macros expanded.
  static func request(
    _ kind: NoticeKind, _ token: NoticeToken = token(), method: String = "GET",
    query: String = "?p=1.25", fields: String = ""
  ) -> String {
    Request.head("\(method) \(path(kind, token))\(query)", fields)
  }

  /// Billing notices of so many bids, in a row.
  static func billings(_ sequences: Range<UInt64>) -> String {
    sequences.map { request(.billing, token($0)) }.joined()
  }
}
