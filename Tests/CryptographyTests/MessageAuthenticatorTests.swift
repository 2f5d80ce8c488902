import FixedMemory
import Testing

@testable import Cryptography

@Suite struct MessageAuthenticatorTests {
  private static func hexadecimal(_ code: AuthenticationCode) -> String {
    (0..<32).map { index in
      let digits = String(code.byte(at: index), radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// RFC 4231, section 4; the fifth code is given there to 128 bits.
  @Test(arguments: [
    (
      Array(repeating: UInt8(0x0B), count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      Array(repeating: 0xAA, count: 20), Array(repeating: 0xDD, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(1...25), Array(repeating: 0xCD, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      Array(repeating: 0x0C, count: 20), Array("Test With Truncation".utf8),
      "a3b6167473100ee06e0c796c2955552b"
    ),
    (
      Array(repeating: 0xAA, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      Array(repeating: 0xAA, count: 131),
      Array(
        """
        This is a test using a larger than block-size key and a larger than block-size data. \
        The key needs to be hashed before being used by the HMAC algorithm.
        """.utf8),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ])
  func agreesWithTheStandard(_ key: [UInt8], _ message: [UInt8], _ code: String) {
    let authenticator = MessageAuthenticator(key: key)
    for _ in 0..<2 {
      let authenticated = authenticator.authenticate(message.rawSpan)
      #expect(Self.hexadecimal(authenticated).hasPrefix(code))
    }
  }

  /// RFC 2104 from its definition, by the digest that is tested on its own.
  @Test func agreesWithTheDefinitionAtEveryLength() {
    for length in 0...200 {
      let key = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let message = (0..<(200 - length)).map { UInt8(truncatingIfNeeded: $0 &* 13) }
      let code = MessageAuthenticator(key: key).authenticate(message.rawSpan)
      let block = Self.padded(key.count > 64 ? Self.digest(key) : key)
      let inner = Self.digest(block.map { $0 ^ 0x36 } + message)
      let outer = Self.digest(block.map { $0 ^ 0x5C } + inner)
      #expect((0..<32).map { code.byte(at: $0) } == outer)
    }
  }

  @Test func numbersAreTheBytesInOrder() {
    let code = AuthenticationCode(bytes: InlineArray { UInt8($0) })
    #expect(code.number(0..<6) == 0x0001_0203_0405)
    #expect(code.number(24..<30) == 0x1819_1A1B_1C1D)
    #expect(code.number(30..<32) == 0x1E1F)
    #expect(code.number(5..<13) == 0x0506_0708_090A_0B0C)
    #expect(code.number(0..<8) == 0x0001_0203_0405_0607)
    #expect(code.number(24..<32) == 0x1819_1A1B_1C1D_1E1F)
    for first in 0..<32 {
      for end in first + 1...min(32, first + 8) {
        #expect(code.number(first..<end) == (first..<end).reduce(0) { $0 << 8 | UInt64($1) })
      }
    }
  }

  @Test func codesAreEqualOnlyInEveryBit() {
    let bytes = InlineArray<32, UInt8> { UInt8($0) }
    let code = AuthenticationCode(bytes: bytes)
    #expect(code.equals(AuthenticationCode(bytes: bytes)))
    for bit in 0..<256 {
      var other = bytes
      other[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!code.equals(AuthenticationCode(bytes: other)))
    }
  }

  private static func padded(_ key: [UInt8]) -> [UInt8] {
    key + Array(repeating: 0, count: 64 - key.count)
  }

  private static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var digest = Digest(.sha256)
    digest.update(bytes.rawSpan)
    let text = Array(digest.hexadecimal())
    return stride(from: 0, to: text.count, by: 2).compactMap {
      UInt8(String(text[$0...$0 + 1]), radix: 16)
    }
  }
}
