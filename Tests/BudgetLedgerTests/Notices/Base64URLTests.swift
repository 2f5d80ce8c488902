import Foundation
import Support
import Testing

@testable import BudgetLedger

@Suite struct Base64URLTests {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static func bytes(_ word: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
  }

  private static func word(_ bytes: [UInt8]) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  @Test func agreesWithFoundation() {
    var random = SeededGenerator(seed: 4_648)
    for _ in 0..<10_000 {
      let bits = random.next() & (1 << 48 - 1)
      let data = Data((0..<6).map { UInt8(truncatingIfNeeded: bits >> UInt64(40 - $0 * 8)) })
      let text = data.base64EncodedString()
        .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      #expect(Self.bytes(Base64URL.characters(of: bits)) == Array(text.utf8))
      #expect(Base64URL.bits(of: Base64URL.characters(of: bits)) == bits)
    }
  }

  @Test func everyByteAtEveryPlaceIsJudged() {
    for place in 0..<8 {
      for byte in UInt8.min...(.max) {
        var text = Array("A_z0-9Zb".utf8)
        text[place] = byte
        let bits = Base64URL.bits(of: Self.word(text))
        #expect((bits != nil) == Self.alphabet.contains(byte))
        if let bits { #expect(Self.bytes(Base64URL.characters(of: bits)) == text) }
      }
    }
  }

  @Test func fewerCharactersAreTheHighestBits() {
    #expect(Base64URL.bits(of: Self.word(Array("__".utf8)), count: 2) == 0xFFF << 36)
    #expect(Base64URL.bits(of: Self.word(Array("AAB".utf8)), count: 3) == 1 << 30)
    #expect(Base64URL.bits(of: Self.word(Array("A=".utf8)), count: 2) == nil)
  }
}
