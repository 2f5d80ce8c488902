import FixedMemory
import Support
import Testing

@testable import Compression

@Suite struct GzipReaderTests {
  static let text = Array(String(repeating: "24,26,27 of a user; ", count: 20_000).utf8)

  @Test(arguments: [1, 7, 4096, 1 << 20])
  func decodesInChunksOfAnySize(_ chunk: Int) throws {
    let decoded = try Self.decode(Gzip.member(Self.text), chunk: chunk, room: 1000)
    #expect(decoded == Self.text)
  }

  @Test func decodesAnOutputBufferOfOneByte() throws {
    let short = Array("abcdefgh".utf8)
    #expect(try Self.decode(Gzip.member(short), chunk: 3, room: 1) == short)
  }

  @Test func decodesCompressedBlocks() throws {
    // `gzip -9` of the line below, four times.
    let file: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 213, 139, 177, 13, 192, 48, 12, 195, 246, 94, 145, 3, 60,
      200, 66, 101, 203, 255, 63, 150, 228, 140, 0, 4, 200, 133, 154, 174, 150, 38, 157, 44, 162,
      112, 96, 219, 141, 65, 226, 202, 20, 215, 226, 31, 172, 96, 159, 82, 208, 159, 30, 249, 54,
      157, 136, 60, 195, 224, 0, 0, 0,
    ]
    let line = "59767559181262060060278870901087098252  24,26,27  25,28\n"
    let text = Array(String(repeating: line, count: 4).utf8)
    #expect(try Self.decode(file, chunk: 3, room: 5) == text)
  }

  @Test func joinsMembersAndSkipsZeroPadding() throws {
    let file = Gzip.member([1, 2, 3]) + Gzip.member([]) + Gzip.member([4]) + [0, 0, 0]
    #expect(try Self.decode(file, chunk: 5, room: 100) == [1, 2, 3, 4])
  }

  @Test func refusesEveryTruncation() {
    let file = Gzip.member(Array("24,26,27 25,28".utf8))
    for length in 0..<file.count {
      #expect(throws: GzipError.truncated) {
        try Self.decode(Array(file.prefix(length)), chunk: 4, room: 64)
      }
    }
  }

  @Test func refusesEveryFlippedByteOfTheTrailer() {
    let file = Gzip.member(Array("24,26,27 25,28".utf8))
    for place in (file.count - 8)..<file.count {
      var damaged = file
      damaged[place] ^= 0x10
      #expect(throws: GzipError.self) { try Self.decode(damaged, chunk: 64, room: 64) }
    }
  }

  @Test func refusesTrailingBytesAndWhatIsNoGzip() {
    let good = Gzip.member([1, 2, 3])
    #expect(throws: GzipError.trailingBytes) {
      try Self.decode(good + Array("garbage".utf8), chunk: 64, room: 64)
    }
    #expect(throws: GzipError.trailingBytes) {
      try Self.decode(good + [0, 0, 1], chunk: 64, room: 64)
    }
    #expect(throws: GzipError.corrupt("incorrect header check")) {
      try Self.decode(Array("plain text, no gzip".utf8), chunk: 64, room: 64)
    }
    #expect(throws: GzipError.truncated) { try Self.decode([], chunk: 64, room: 64) }
  }

  static func decode(_ file: [UInt8], chunk: Int, room: Int) throws -> [UInt8] {
    var reader = try GzipReader()
    var output = FixedBuffer(capacity: room)
    var decoded: [UInt8] = []
    var offset = 0
    while true {
      output.removeAll()
      let goesOn = try reader.read(into: &output) { input in
        let end = min(file.count, offset + min(chunk, input.freeCapacity))
        let piece = Array(file[offset..<end])
        input.append(piece.rawSpan)
        offset = end
      }
      guard goesOn else { return decoded }
      for index in 0..<output.count { decoded.append(output.bytes.byte(at: index)) }
    }
  }
}
