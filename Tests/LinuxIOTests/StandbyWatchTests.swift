import Foundation
import Support
import Synchronization
import Testing

@testable import LinuxIO

/// What the kernel does with the threads is its own; that they are put there and taken back is not.
@Suite(.serialized, .timeLimit(.minutes(10))) struct StandbyWatchTests {
  @Test func liftsThreadsThatStarveAndRestsThemAgain() async throws {
    try await onOwnThread {
      // A beat comes every 50 ms. Here one that comes 10 ms late will do: how long the kernel lets
      // a thread starve behind these is chance.
      let watch = try StandbyWatch(starvingNanoseconds: 60_000_000)
      defer { watch.stop() }
      let kept = try Spinner("kept", .background) { usleep(1_000) }
      defer { kept.end() }
      try waitUntil { watch.state == .forbidden || kept.policy == .idle }
      guard watch.state != .forbidden else { return leftOut() }
      let lifts = watch.lifts
      let busy = try (0..<2 * ProcessInfo.processInfo.processorCount).map { _ in
        try Spinner("busy", .normal) {}
      }
      defer { for thread in busy { thread.end() } }
      try waitUntil { watch.lifts > lifts && kept.policy == .batch }
      for thread in busy { thread.end() }
      try waitUntil { kept.policy == .idle }
    }
  }

  @Test func leavesNoThreadBehindWhereItEnds() async throws {
    try await onOwnThread {
      let watch = try StandbyWatch()
      let kept = try Spinner("kept", .background) { usleep(1_000) }
      defer { kept.end() }
      try waitUntil { watch.state == .forbidden || kept.policy == .idle }
      guard watch.state != .forbidden else { return leftOut() }
      watch.stop()
      #expect(kept.policy == .batch)
    }
  }

  private func leftOut() {
    print("left out: this process may not take threads out of SCHED_IDLE")
  }
}

/// A thread that does something again and again until it is told to end.
private final class Spinner: Sendable {
  private let isOver = Flag()
  private let path = Path()
  private let thread: LinuxIO.Thread

  init(
    _ name: String, _ priority: LinuxIO.Thread.Priority, _ body: @escaping @Sendable () -> Void
  ) throws {
    thread = try LinuxIO.Thread(name: name, priority: priority) { [isOver, path] in
      let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
      path.value.withLock { $0 = "/proc/\(own ?? "none")/stat" }
      while !isOver.value.load(ordering: .relaxed) { body() }
    }
  }

  func end() {
    isOver.value.store(true, ordering: .relaxed)
    thread.join()
  }

  /// The scheduler's class by the kernel's file of the thread: the 41st field, and the second is a
  /// name in brackets, which may hold anything.
  var policy: Policy? {
    guard let text = try? String(contentsOfFile: path.value.withLock { $0 }, encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 38 ? Int(fields[38]).flatMap { Policy(rawValue: $0) } : nil
  }

  /// As `sched(7)` numbers them.
  enum Policy: Int {
    case normal = 0
    case batch = 3
    case idle = 5
  }

  private final class Flag: Sendable {
    let value = Atomic(false)
  }

  private final class Path: Sendable {
    let value = Mutex("")
  }
}

/// Waits for what another thread does.
private func waitUntil(_ isTrue: () -> Bool) throws {
  let end = Date.now.addingTimeInterval(Patience.seconds)
  while !isTrue() {
    try #require(Date.now < end, "waited \(Patience.seconds) s")
    usleep(5_000)
  }
}
