import Synchronization
import Testing

@testable import FixedMemory

@Suite struct PublishedTests {
  /// Counts its own end, so that a test sees when a value is freed.
  struct Tracked: ~Copyable, Sendable {
    let number: Int
    let freed: AtomicArray
    deinit { freed.add(1, at: 0) }
  }

  @Test func freesAReplacedValueOnlyWhenTheReaderHasLeft() {
    let freed = AtomicArray(count: 1)
    let published = Published(Tracked(number: 1, freed: freed), readers: 1)
    published.enter(reader: 0)
    published.publish(Tracked(number: 2, freed: freed))
    #expect(published.withCurrent { $0.number } == 2)
    #expect(published.reclaim() == 1)
    #expect(freed.load(0) == 0)
    published.leave(reader: 0)
    #expect(published.reclaim() == 0)
    #expect(freed.load(0) == 1)
  }

  @Test func aReaderThatEnteredAgainDoesNotHoldTheOldValue() {
    let freed = AtomicArray(count: 1)
    let published = Published(Tracked(number: 1, freed: freed), readers: 2)
    published.enter(reader: 0)
    published.publish(Tracked(number: 2, freed: freed))
    published.enter(reader: 0)
    #expect(published.reclaim() == 0)
    #expect(freed.load(0) == 1)
  }

  @Test func freesEverythingAtItsEnd() {
    let freed = AtomicArray(count: 1)
    do {
      let published = Published(Tracked(number: 1, freed: freed), readers: 1)
      published.enter(reader: 0)
      published.publish(Tracked(number: 2, freed: freed))
    }
    #expect(freed.load(0) == 2)
  }
}
