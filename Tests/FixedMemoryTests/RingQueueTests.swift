import FixedMemory
import LinuxIO
import Synchronization
import Testing

@Suite struct RingQueueTests {
  @Test func givesElementsInTheirOrderAndRefusesWhatDoesNotFit() {
    let queue = RingQueue<Int>(capacity: 4)
    #expect(queue.pop() == nil)
    for value in 0..<4 { #expect(queue.push(value)) }
    #expect(!queue.push(4))
    #expect(!queue.hasRoom(for: 1))
    #expect(queue.pop() == 0)
    #expect(queue.hasRoom(for: 1))
    #expect(queue.push(4))
    for value in 1..<5 { #expect(queue.pop() == value) }
    #expect(queue.pop() == nil)
  }

  @Test func takesOnlyWhatWasThereAtAMoment() {
    let queue = RingQueue<Int>(capacity: 4)
    #expect(queue.push(1))
    let end = queue.end
    #expect(queue.push(2))
    #expect(queue.pop(before: end) == 1)
    #expect(queue.pop(before: end) == nil)
    #expect(queue.pop() == 2)
  }

  @Test func losesNothingBetweenTwoThreads() throws {
    let queue = RingQueue<Int>(capacity: 64)
    let count = 200_000
    let producer = try Thread(name: "producer") {
      var next = 0
      while next < count { if queue.push(next) { next += 1 } }
    }
    var expected = 0
    while expected < count {
      guard let value = queue.pop() else { continue }
      if value != expected { break }
      expected += 1
    }
    producer.join()
    #expect(expected == count)
  }
}
