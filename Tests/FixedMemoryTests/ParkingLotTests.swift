import FixedMemory
import Testing

@Suite struct ParkingLotTests {
  private static func lot(large: Int = 1) -> ParkingLot {
    ParkingLot(
      small: .init(bytes: 4, count: 2), medium: .init(bytes: 8, count: 1),
      large: .init(bytes: 16, count: large))
  }

  private static func text(_ lot: borrowing ParkingLot, _ parked: ParkedBytes) -> String {
    let span = lot.bytes(parked)
    return String(decoding: (0..<span.byteCount).map { span.byte(at: $0) }, as: UTF8.self)
  }

  private static func park(
    _ text: String, in lot: inout ParkingLot
  ) -> ParkedBytes? {
    var parked = ParkedBytes()
    let bytes = Array(text.utf8)
    return lot.park(bytes.rawSpan, in: &parked) ? parked : nil
  }

  @Test func keepsBytesUntilTheyAreDropped() throws {
    var lot = Self.lot()
    var first = try #require(Self.park("abc", in: &lot))
    let second = try #require(Self.park("0123456789", in: &lot))
    lot.dropFirst(1, of: &first)
    #expect(Self.text(lot, first) == "bc")
    #expect(Self.text(lot, second) == "0123456789")
    lot.dropFirst(2, of: &first)
    #expect(first.isEmpty)
  }

  @Test func takesTheSmallestBlockThatIsFree() throws {
    var lot = Self.lot()
    let parked = ["a", "b", "c", "d"].map { Self.park($0, in: &lot) }
    #expect(parked.allSatisfy { $0 != nil })
    #expect(Self.park("e", in: &lot) == nil)
    var last = try #require(parked[3])
    lot.release(&last)
    #expect(Self.park("0123456789012345", in: &lot) != nil)
  }

  @Test func refusesMoreThanTheLargestBlockHolds() {
    var lot = Self.lot()
    #expect(Self.park("01234567890123456", in: &lot) == nil)
    #expect(Self.park("0123456789012345", in: &lot) != nil)
  }

  @Test func makesRoomByMovingToTheFrontOrToALargerBlock() throws {
    var lot = Self.lot()
    var parked = try #require(Self.park("abcd", in: &lot))
    lot.dropFirst(1, of: &parked)
    var hasRoom = lot.makeRoom(for: &parked)
    #expect(hasRoom)
    #expect(Self.text(lot, parked) == "bcd")
    var full = try #require(Self.park("wxyz", in: &lot))
    hasRoom = lot.makeRoom(for: &full)
    #expect(hasRoom)
    #expect(Self.text(lot, full) == "wxyz")
    var largest = try #require(Self.park("0123456789012345", in: &lot))
    hasRoom = lot.makeRoom(for: &largest)
    #expect(!hasRoom)
    #expect(Self.text(lot, largest) == "0123456789012345")
  }

  @Test func movesAndCutsBytes() throws {
    var lot = Self.lot()
    var parked = try #require(Self.park("_head12345", in: &lot))
    lot.dropFirst(1, of: &parked)
    lot.move(parked, from: 6, to: 4, count: 3)
    lot.truncate(&parked, to: 7)
    #expect(Self.text(lot, parked) == "head345")
  }

  @Test func parksNothingWithoutABlock() throws {
    var lot = Self.lot()
    for _ in 0..<10 {
      let parked = try #require(Self.park("", in: &lot))
      #expect(parked.isEmpty)
    }
    #expect(Self.park("0123456789", in: &lot) != nil)
  }
}
