import FixedMemory
import Testing

@Suite struct TextTests {
  @Test func resolvesInTheDocumentOrInTheArena() {
    let document: [UInt8] = Array("plain".utf8)
    let arena: [UInt8] = Array("arena".utf8)
    let plain = Text(ByteSlice(offset: 1, count: 3))
    let unescaped = Text(ByteSlice(offset: 0, count: 2), isUnescaped: true)
    let isPlain = document.rawSpan.slice(plain, unescaped: arena.rawSpan).equals("lai")
    let isUnescaped = document.rawSpan.slice(unescaped, unescaped: arena.rawSpan).equals("ar")
    #expect(isPlain)
    #expect(isUnescaped)
    #expect(!plain.isUnescaped)
    #expect(unescaped.isUnescaped)
    #expect(unescaped.slice == ByteSlice(offset: 0, count: 2))
  }

  @Test func holdsTheHighestPlace() {
    let last = Text(ByteSlice(offset: 0x7FFF_FFFF, count: 1), isUnescaped: true)
    #expect(last.slice.offset == 0x7FFF_FFFF)
    #expect(last.isUnescaped)
  }

  @Test func standsBetweenTwoOffsets() {
    #expect(Text(from: 3, to: 9) == Text(ByteSlice(offset: 3, count: 6)))
    #expect(Text(from: 4, to: 4).isEmpty)
    let last = Text(from: 0x7FFF_FFFE, to: 0x7FFF_FFFF)
    #expect(last.slice == ByteSlice(offset: 0x7FFF_FFFE, count: 1))
    #expect(!Text(from: 1 << 31, to: 1 << 31 + 1).isUnescaped)
  }

  @Test func anAbsentTextIsEmpty() {
    #expect(Text.absent.isEmpty)
    #expect(Text.absent.slice == ByteSlice.empty)
  }
}
