import FixedMemory
import Testing

@testable import Cryptography

@Suite struct DigestTests {
  @Test(arguments: [
    (
      "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "d41d8cd98f00b204e9800998ecf8427e"
    ),
    (
      "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      "900150983cd24fb0d6963f7d28e17f72"
    ),
    (
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "f371bc4a311f2b009eef952dd83ca80e2b60026c8e935592d0f9c308453c813e",
      "57edf4a22be3c955ac49da2e2107b67a"
    ),
  ])
  func agreesWithTheStandards(_ text: String, _ sha256: String, _ md5: String) {
    let bytes = Array(text.utf8)
    for piece in [1, 7, 200] {
      var first = Digest(.sha256)
      var second = Digest(.md5)
      for start in stride(from: 0, to: bytes.count, by: piece) {
        let part = Array(bytes[start..<min(bytes.count, start + piece)])
        first.update(part.rawSpan)
        second.update(part.rawSpan)
      }
      #expect(first.hexadecimal() == sha256)
      #expect(second.hexadecimal() == md5)
    }
  }
}
