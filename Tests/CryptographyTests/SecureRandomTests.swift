import Testing

@testable import Cryptography

struct SecureRandomTests {
  @Test func randomBytesDiffer() {
    #expect(SecureRandom.bytes(13).count == 13)
    #expect(SecureRandom.bytes(32) != SecureRandom.bytes(32))
    #expect(SecureRandom.bytes(0) == [])
    #expect(SecureRandom.word() != SecureRandom.word())
  }
}
