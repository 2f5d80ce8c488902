import AuctionTypes
import FixedMemory
import Support
import Testing

@testable import BudgetLedger

@Suite struct NoticeSignerTests {
  private static func kind(_ path: [UInt8]) -> NoticeKind? { NoticeKind(path: path.rawSpan) }

  @Test func everyFieldComesBack() {
    var random = SeededGenerator(seed: 20_261_123)
    for _ in 0..<2_000 {
      let token = TokenSamples.random(using: &random)
      for kind in NoticeKind.allCases {
        let notice = TokenSamples.read(TokenSamples.path(kind, of: token))
        #expect(notice == SignedNotice(kind: kind, token: token))
      }
    }
  }

  @Test func everyFieldComesBackAtItsMaximum() {
    for rates in [RatePair.same, RatePair(source: .max, target: .max)] {
      let token = NoticeToken(
        bid: BidNumber(boot: .max, worker: .max, sequence: 1 << 40 - 1),
        madeAt: WallTime(milliseconds: 1 << 48 - 1), account: AccountID(rawValue: .max),
        creative: CreativeID(rawValue: .max), exchange: ExchangeID(rawValue: .max),
        size: Size(width: .max, height: .max), price: CPM(micros: 1 << 48 - 1),
        currency: CurrencyCode("ZZZ") ?? .usd, rates: rates, day: LocalDay(rawValue: .max),
        windowSeconds: LedgerLimits.windowSeconds, isTest: true, billOn: .pixel)
      #expect(TokenSamples.read(TokenSamples.path(.pixel, of: token))?.token == token)
    }
  }

  @Test func aCurrencyThatIsNoneComesBack() {
    var token = TokenSamples.token()
    token.currency = .unreadable
    #expect(TokenSamples.read(TokenSamples.path(.win, of: token))?.token == token)
  }

  @Test func pathsAreAsLongAsTheyMustBe() {
    let foreign = RatePair(source: 1_080_000_000, target: 1_000_000_000)
    for kind in NoticeKind.allCases {
      let tag = kind == .billing ? 11 : 8
      #expect(TokenSamples.path(kind, of: TokenSamples.token()).count == 2 + 64 + tag)
      #expect(
        TokenSamples.path(kind, of: TokenSamples.token(rates: foreign)).count == 2 + 86 + tag)
    }
  }

  @Test func pathsNeedNoEscaping() {
    var random = SeededGenerator(seed: 7)
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/".utf8)
    for _ in 0..<200 {
      let token = TokenSamples.random(using: &random)
      for kind in NoticeKind.allCases {
        #expect(TokenSamples.path(kind, of: token).allSatisfy(allowed.contains))
      }
    }
  }

  @Test func onlyThePathAfterAPrefixIsWritten() {
    var signer = NoticeSigner(key: TokenSamples.key)
    signer.sign(TokenSamples.token())
    var buffer = FixedBuffer(capacity: 200)
    buffer.append("http://127.0.0.1:8080")
    signer.appendPath(.win, to: &buffer)
    buffer.append(NoticeQuery.text(.win))
    let text = String(decoding: (0..<buffer.count).map { buffer.bytes.byte(at: $0) }, as: UTF8.self)
    #expect(text.hasPrefix("http://127.0.0.1:8080/n/w/"))
    #expect(text.hasSuffix("?p=${AUCTION_PRICE}"))
  }

  @Test func aPathThatDoesNotFitIsMarked() {
    var signer = NoticeSigner(key: TokenSamples.key)
    signer.sign(TokenSamples.token(rates: RatePair(source: 2, target: 3)))
    for (capacity, overflows) in [
      (NoticeSigner.longestPath, false), (NoticeSigner.longestPath - 1, true),
    ] {
      var buffer = FixedBuffer(capacity: capacity)
      signer.appendPath(.billing, to: &buffer)
      #expect(buffer.overflowed == overflows)
    }
  }

  @Test func readingChangesNothingOfWhatIsSigned() {
    var signer = NoticeSigner(key: TokenSamples.key)
    let token = TokenSamples.token()
    signer.sign(token)
    let other = TokenSamples.path(.loss, of: TokenSamples.token(price: 9))
    let price = signer.read(other.rawSpan)?.token.price
    #expect(price == CPM(micros: 9))
    var buffer = FixedBuffer(capacity: NoticeSigner.longestPath)
    signer.appendPath(.loss, to: &buffer)
    let path = TokenSamples.path(.loss, of: token)
    let isSame = buffer.bytes.slice(3, buffer.count - 3).equals(path.rawSpan)
    #expect(isSame)
  }

  @Test func kindsHaveALetterEach() {
    #expect(Set(NoticeKind.allCases.map(\.letter)).count == NoticeKind.allCases.count)
    for byte in UInt8.min...(.max) {
      let kind = NoticeKind(letter: byte)
      #expect(kind == NoticeKind.allCases.first { $0.letter == byte })
      #expect(Self.kind([byte, 0x2F]) == kind)
      #expect(Self.kind([byte, 0x2E]) == nil)
      #expect(Self.kind([byte]) == nil)
    }
  }

  @Test func aKeyOfAnyLengthFromTheLeastOnSigns() {
    for count in [32, 33, 64, 65, 4_096] {
      let key = Array(repeating: UInt8(7), count: count)
      var signer = NoticeSigner(key: key)
      signer.sign(TokenSamples.token())
      var buffer = FixedBuffer(capacity: NoticeSigner.longestPath)
      signer.appendPath(.win, to: &buffer)
      let notice = signer.read(buffer.bytes.slice(3, buffer.count - 3))
      #expect(notice?.token == TokenSamples.token())
    }
  }

  @Test func aShorterKeyIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = NoticeSigner(key: Array(repeating: 7, count: 31))
    }
  }

  @Test func aFieldPastItsWidthIsRefused() async {
    await #expect(processExitsWith: .failure) {
      var token = TokenSamples.token()
      token.bid.sequence = 1 << 40
      _ = TokenSamples.path(.win, of: token)
    }
    await #expect(processExitsWith: .failure) {
      _ = TokenSamples.path(.win, of: TokenSamples.token(price: 1 << 48))
    }
    await #expect(processExitsWith: .failure) {
      var token = TokenSamples.token()
      token.windowSeconds = LedgerLimits.windowSeconds + 1
      _ = TokenSamples.path(.win, of: token)
    }
    await #expect(processExitsWith: .failure) {
      var token = TokenSamples.token()
      token.madeAt = WallTime(milliseconds: 1 << 48)
      _ = TokenSamples.path(.win, of: token)
    }
  }
}
