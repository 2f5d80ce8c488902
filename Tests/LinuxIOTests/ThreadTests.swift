import LinuxIO
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct ThreadTests {
  @Test(arguments: [Thread.Priority.normal, .background])
  func runsItsBodyOnce(_ priority: Thread.Priority) throws {
    let counter = Counter(0)
    let name = "a-name-longer-than-15"
    let thread = try Thread(name: name, priority: priority, processor: 0) { counter.add() }
    thread.join()
    thread.join()
    #expect(counter.value == 1)
  }

  @Test func seesWhatTheThreadDid() throws {
    let counter = Counter(1)
    let threads = try (0..<4).map { index in
      try Thread(name: "nod-test-\(index)") { for _ in 0..<1000 { counter.add() } }
    }
    for thread in threads { thread.join() }
    #expect(counter.value == 4001)
  }

  @Test func readsClocksThatRunForward() {
    let start = Clock.monotonicNanoseconds()
    let coarse = Clock.coarseNanoseconds()
    let used = Clock.threadNanoseconds()
    var rounds = 0
    while Clock.monotonicNanoseconds() < start + 20_000_000 { rounds += 1 }
    #expect(rounds > 0)
    #expect(Clock.coarseNanoseconds() > coarse)
    #expect(Clock.threadNanoseconds() > used)
    #expect(coarse <= Clock.monotonicNanoseconds())
    #expect(Clock.realtimeMilliseconds() > 1_700_000_000_000)
  }

  @Test func namesFailures() {
    #expect(Errno.notFound.description == "No such file or directory")
    #expect(throws: Errno.invalid) {
      try Socket.connected(to: SocketAddress(host: "nowhere", port: 1)).descriptor.close()
    }
  }

  private final class Counter: Sendable {
    private let cell: Atomic<Int>
    init(_ value: Int) { cell = Atomic(value) }
    func add() { cell.add(1, ordering: .relaxed) }
    var value: Int { cell.load(ordering: .relaxed) }
  }
}
