import Testing

@testable import FixedMemory

struct ChecksumTests {
  @Test func seedsAgreeWithTheSpecification() {
    let vectors: [(String, seed: UInt64, sum: UInt64)] = [
      ("", 0, 0xEF46_DB37_51D8_E999), ("", 1, 0xD5AF_BA13_36A3_BE4B),
      ("abc", 1, 0xBEA9_CA81_9932_8908),
      ("Nobody inspects the spammish repetition", 0, 0xFBCE_A83C_8A37_8BF1),
      ("Nobody inspects the spammish repetition", 0x9E37_79B1, 0x56DB_22DD_5B05_1147),
    ]
    for (text, seed, sum) in vectors {
      let bytes = Array(text.utf8)
      #expect(Checksum64.of(bytes.rawSpan, seed: seed) == sum, "\(text), seed \(seed)")
    }
  }
}
