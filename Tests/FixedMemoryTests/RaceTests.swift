import FixedMemory
import Support
import Synchronization
import Testing

/// What several threads may do at the same time, under `make race`.
@Suite struct RaceTests {
  /// The same number many times, in memory of its own.
  struct Numbers: ~Copyable, Sendable {
    let all: FixedArray<UInt64>

    init(_ number: UInt64) { all = FixedArray(copying: Array(repeating: number, count: 64)) }

    var areOne: Bool { (1..<all.count).allSatisfy { all[$0] == all[0] } }
  }

  @Test func readersSeeOneValueWholeWhileItIsReplaced() async throws {
    let published = Published(Numbers(0), readers: 3)
    let torn = AtomicArray(count: 1)
    let reads = AtomicArray(count: 3, padded: true)
    let reader: @Sendable (Int) -> @Sendable (Race) -> Void = { number in
      { race in
        repeat {
          published.enter(reader: number)
          for _ in 0..<3 where !published.withCurrent({ $0.areOne }) { torn.add(1, at: 0) }
          published.leave(reader: number)
          reads.addOwned(1, at: number)
        } while !race.isOver
      }
    }
    let publisher: @Sendable (Race) -> Void = { race in
      var number: UInt64 = 0
      while !race.isOver {
        number += 1
        published.publish(Numbers(number))
      }
    }
    try await Race.run([reader(0), reader(1), reader(2), publisher, publisher])
    #expect(torn.load(0) == 0)
    for number in 0..<3 { #expect(reads.load(number) > 0) }
    #expect(published.reclaim() == 0)
  }

  @Test func ringsLoseNothingAndKeepTheirOrder() async throws {
    let there = RingQueue<UInt64>(capacity: 16)
    let back = RingQueue<UInt64>(capacity: 16)
    let figures = AtomicArray(count: 2)
    try await Race.run([
      { race in
        var next: UInt64 = 0
        var expected: UInt64 = 0
        while !race.isOver || expected < next {
          if !race.isOver, next &- expected < 8, there.push(next) { next += 1 }
          guard let value = back.pop(before: back.end) else { continue }
          if value != expected { figures.add(1, at: 0) }
          expected += 1
        }
        figures.store(next, at: 1)
      },
      { race in
        var passed: UInt64 = 0
        while !race.isOver || figures.load(1, ordering: .acquiring) != passed {
          guard back.hasRoom(for: 1), let value = there.pop() else { continue }
          if !back.push(value) { figures.add(1, at: 0) }
          passed += 1
        }
      },
    ])
    #expect(figures.load(0) == 0)
    #expect(figures.load(1) > 0)
  }

  @Test func cellsCountWhatEveryThreadDid() async throws {
    let cells = AtomicArray(count: 3)
    let done = AtomicArray(count: 3, padded: true)
    let worker: @Sendable (Int) -> @Sendable (Race) -> Void = { number in
      { race in
        repeat {
          cells.add(1, at: 0)
          while true {
            let old = cells.load(1)
            if cells.exchange(old, for: old + 1, at: 1) { break }
          }
          cells.formUnion(1 << UInt64(number), at: 2)
          done.addOwned(1, at: number)
        } while !race.isOver
      }
    }
    try await Race.run([worker(0), worker(1), worker(2)])
    let sum = (0..<3).reduce(0) { $0 + done.load($1) }
    #expect(sum > 0)
    #expect(cells.load(0) == sum)
    #expect(cells.load(1) == sum)
    #expect(cells.swap(0, at: 2) == 7)
  }
}
