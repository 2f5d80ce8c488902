import Compression
import FixedMemory
import Testing

@Suite struct BodyCompressionTests {
  private static func bytes(_ buffer: borrowing FixedBuffer) -> [UInt8] {
    let span = buffer.bytes
    return (0..<span.byteCount).map { span.byte(at: $0) }
  }

  private static func compressed(_ bytes: [UInt8], capacity: Int = 100_000) -> [UInt8]? {
    var compressor = BodyCompressor()
    var buffer = FixedBuffer(capacity: capacity)
    return compressor.compress(bytes.rawSpan, into: &buffer) ? Self.bytes(buffer) : nil
  }

  private static func decompressed(
    _ bytes: [UInt8], capacity: Int = 100_000
  ) -> (BodyDecompressor.Outcome, [UInt8]) {
    var decompressor = BodyDecompressor()
    var buffer = FixedBuffer(capacity: capacity)
    buffer.append("what was there before")
    let outcome = decompressor.decompress(bytes.rawSpan, into: &buffer)
    return (outcome, Self.bytes(buffer))
  }

  private static let samples: [[UInt8]] = [
    [], [0], Array("{\"id\":\"1\"}".utf8), [UInt8](repeating: 0x61, count: 50_000),
    (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) },
  ]

  @Test(arguments: samples.indices)
  func givesBackWhatItWasGiven(_ index: Int) throws {
    let bytes = Self.samples[index]
    let packed = try #require(Self.compressed(bytes))
    let (outcome, unpacked) = Self.decompressed(packed)
    #expect(outcome == .done)
    #expect(unpacked == bytes)
  }

  @Test func joinsMembers() throws {
    let packed = try Self.samples.flatMap { try #require(Self.compressed($0)) }
    let (outcome, unpacked) = Self.decompressed(packed)
    #expect(outcome == .done)
    #expect(unpacked == Self.samples.flatMap { $0 })
  }

  @Test func boundsTheOutput() throws {
    let packed = try #require(Self.compressed(Self.samples[3]))
    #expect(Self.decompressed(packed, capacity: 50_000).0 == .done)
    #expect(Self.decompressed(packed, capacity: 49_999).0 == .tooLarge)
    #expect(Self.decompressed(packed + packed, capacity: 99_999).0 == .tooLarge)
    #expect(Self.compressed(Self.samples[4], capacity: 100) == nil)
  }

  @Test func refusesDamage() throws {
    let packed = try #require(Self.compressed(Self.samples[2]))
    for count in 0..<packed.count {
      #expect(Self.decompressed(Array(packed[..<count])).0 == .corrupt, "cut to \(count)")
    }
    #expect(Self.decompressed(packed + [0x1F]).0 == .corrupt)
    #expect(Self.decompressed(packed + Array("{}".utf8)).0 == .corrupt)
    var wrongSum = packed
    wrongSum[packed.count - 6] ^= 0x40
    #expect(Self.decompressed(wrongSum).0 == .corrupt)
  }
}
