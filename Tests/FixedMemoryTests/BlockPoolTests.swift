import FixedMemory
import Support
import Testing

@Suite struct BlockPoolTests {
  private static func expect(
    _ pool: borrowing BlockPool, _ block: Int32, _ expected: [UInt8]
  ) {
    let bytes = pool.bytes(block, from: 0, count: expected.count)
    let found = (0..<expected.count).map { bytes.byte(at: $0) }
    #expect(found == expected)
  }

  @Test func givesEachBlockOnceAndTheLastGivenBackFirst() {
    var pool = BlockPool(blockBytes: 8, blockCount: 3)
    let taken = (0..<4).map { _ in pool.take() }
    #expect(taken == [0, 1, 2, nil])
    pool.give(2)
    pool.give(0)
    let free = pool.freeCount
    #expect(free == 2)
    let again = (0..<3).map { _ in pool.take() }
    #expect(again == [0, 2, nil])
  }

  @Test func keepsBlocksApart() {
    var pool = BlockPool(blockBytes: 4, blockCount: 2)
    let first = pool.take()!
    let second = pool.take()!
    let ones: [UInt8] = [1, 1, 1, 1]
    let twos: [UInt8] = [2, 2, 2, 2]
    GuardedBytes(ones).withBytes { pool.write($0, to: first, at: 0) }
    GuardedBytes(twos).withBytes { pool.write($0, to: second, at: 0) }
    Self.expect(pool, first, ones)
    Self.expect(pool, second, twos)
  }

  @Test func movesOverlappingBytes() {
    var pool = BlockPool(blockBytes: 6, blockCount: 1)
    let block = pool.take()!
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 6]
    GuardedBytes(bytes).withBytes { pool.write($0, to: block, at: 0) }
    pool.move(block, from: 2, to: 0, count: 4)
    Self.expect(pool, block, [3, 4, 5, 6, 5, 6])
    pool.move(block, from: 0, to: 2, count: 4)
    Self.expect(pool, block, [3, 4, 3, 4, 5, 6])
  }
}
