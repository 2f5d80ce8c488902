import AuctionTypes
import FixedMemory
import Testing

struct BidNumberTests {
  @Test(
    arguments: [
      (0, 0, 0, "00000000000000000000000000000000"),
      (0x0123_4567_89AB_CDEF, 0xFE, 1, "0123456789abcdeffe00000000000001"),
      (.max, 255, 1 << 56 - 1, "ffffffffffffffffffffffffffffffff"),
      (0xA0B0_C0D0_E0F0_9A9B, 16, 0xAB_CDEF, "a0b0c0d0e0f09a9b1000000000abcdef"),
    ] as [(UInt64, UInt8, UInt64, String)])
  func writesItsIDInHexadecimal(boot: UInt64, worker: UInt8, sequence: UInt64, id: String) {
    var buffer = FixedBuffer(capacity: BidNumber.idDigits)
    BidNumber(boot: boot, worker: worker, sequence: sequence).appendID(to: &buffer)
    let text = String(
      decoding: (0..<buffer.count).map { buffer.bytes.byte(at: $0) }, as: UTF8.self)
    #expect(text == id)
  }
}
