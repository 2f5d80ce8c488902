import AuctionTypes
import FixedMemory
import Support
import Testing

@testable import BudgetLedger

@Suite struct ForgeryTests {
  private static let foreign = RatePair(source: 1_080_000_000, target: 1_000_000_000)

  @Test(arguments: NoticeKind.allCases)
  func everyFlippedBitIsRefused(_ kind: NoticeKind) {
    for billOn in NoticeKind.allCases {
      for rates in [RatePair.same, Self.foreign] {
        let path = TokenSamples.path(kind, of: TokenSamples.token(billOn: billOn, rates: rates))
        #expect(TokenSamples.read(path)?.kind == kind)
        for bit in 0..<path.count * 8 {
          var altered = path
          altered[bit / 8] ^= 1 << UInt8(bit % 8)
          #expect(TokenSamples.read(altered) == nil)
        }
      }
    }
  }

  @Test(arguments: NoticeKind.allCases)
  func everyOtherByteIsRefused(_ kind: NoticeKind) {
    let path = TokenSamples.path(kind, of: TokenSamples.token())
    var signer = NoticeSigner(key: TokenSamples.key)
    for index in path.indices {
      for byte in UInt8.min...(.max) where byte != path[index] {
        var altered = path
        altered[index] = byte
        let notice = signer.read(altered.rawSpan)
        #expect(notice == nil)
      }
    }
  }

  @Test func aKindIsNeverAnother() {
    for billOn in NoticeKind.allCases {
      for rates in [RatePair.same, Self.foreign] {
        let token = TokenSamples.token(billOn: billOn, rates: rates)
        for kind in NoticeKind.allCases {
          let path = TokenSamples.path(kind, of: token)
          for other in NoticeKind.allCases where other != kind {
            #expect(TokenSamples.read([other.letter] + path.dropFirst()) == nil)
            // With what the tags of both have in common: a billing tag cut, or another filled up.
            #expect(TokenSamples.read([other.letter] + path.dropFirst().dropLast(3)) == nil)
            #expect(TokenSamples.read([other.letter] + path.dropFirst() + [65, 65, 65]) == nil)
          }
        }
      }
    }
  }

  @Test func tagsOfOneBidShareNothing() {
    let token = TokenSamples.token()
    let tags = NoticeKind.allCases.map { TokenSamples.path($0, of: token).dropFirst(66).prefix(8) }
    #expect(Set(tags).count == tags.count)
  }

  @Test func tokensOfAnotherEventThatBooksAreRefused() {
    // The same bid signed for pixels, with the tag of the one signed for burl.
    let pixel = TokenSamples.path(.pixel, of: TokenSamples.token(billOn: .pixel))
    let burl = TokenSamples.path(.billing, of: TokenSamples.token(billOn: .billing))
    #expect(TokenSamples.read(pixel.prefix(66) + burl.suffix(11)) == nil)
    #expect(TokenSamples.read(burl.prefix(66) + pixel.suffix(11)) == nil)
  }

  @Test func anotherKeyReadsNothing() {
    var other = TokenSamples.key
    other[31] ^= 1
    for kind in NoticeKind.allCases {
      let path = TokenSamples.path(kind, of: TokenSamples.token())
      #expect(TokenSamples.read(path, key: other) == nil)
    }
  }

  @Test func everyOtherLengthIsRefused() {
    for kind in NoticeKind.allCases {
      for rates in [RatePair.same, Self.foreign] {
        let path = TokenSamples.path(kind, of: TokenSamples.token(rates: rates))
        for count in path.indices { #expect(TokenSamples.read(Array(path.prefix(count))) == nil) }
        for end in ["/", "=", "==", "A", "AAA", "?", "%00", "\0", " "] {
          #expect(TokenSamples.read(path + Array(end.utf8)) == nil)
        }
        #expect(TokenSamples.read([UInt8(ascii: "/")] + path) == nil)
      }
    }
  }

  @Test func bitsThatACharacterHasToSpareAreZero() {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    let path = TokenSamples.path(.billing, of: TokenSamples.token(rates: Self.foreign))
    // The last character of the token has four bits to spare, that of the tag two.
    for index in [2 + 85, path.count - 1] {
      let readable = alphabet.filter { byte in
        var altered = path
        altered[index] = byte
        return TokenSamples.read(altered) != nil
      }
      #expect(readable == [path[index]])
    }
  }

  @Test func randomBytesAreRefused() {
    let seed: UInt64 = 4_711
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("wblcp/ABCxyz019-_".utf8)
    let lengths = [0, 1, 2, 8, 66, 73, 74, 75, 77, 78, 95, 96, 97, 99, 100, 300]
    for _ in 0..<3_000 {
      let count = lengths[Int(random.next() % UInt64(lengths.count))]
      let isText = random.next() % 2 == 0
      var bytes = (0..<count).map { _ in
        isText
          ? alphabet[Int(random.next() % UInt64(alphabet.count))]
          : UInt8(truncatingIfNeeded: random.next())
      }
      if count > 2, random.next() % 2 == 0 { bytes.replaceSubrange(0..<2, with: Array("b/".utf8)) }
      #expect(TokenSamples.read(bytes) == nil, "seed \(seed)")
    }
  }
}
