import Foundation
import Support
import Synchronization
import Testing

@testable import LinuxIO

/// What the kernel does with the threads is its own; that they are put there and taken back is not.
@Suite(.serialized) struct StandbyWatchTests {
  @Test func liftsThreadsThatStarveAndRestsThemAgain() async throws {
    try await onOwnThread {
      let watch = try StandbyWatch()
      defer { watch.stop() }
      try waitUntil { watch.state == .forbidden || ThreadPolicy.idle > 0 }
      guard watch.state != .forbidden else { return }
      let isOver = Flag()
      let busy = try (0..<2 * ProcessInfo.processInfo.processorCount).map { _ in
        try LinuxIO.Thread(name: "busy") { while !isOver.isSet {} }
      }
      let lifts = watch.lifts
      try waitUntil { watch.lifts > lifts }
      isOver.set()
      for thread in busy { thread.join() }
      try waitUntil { watch.state == .resting && ThreadPolicy.idle > 0 }
      let late = try LinuxIO.Thread(name: "late", priority: .background) {
        // Others in the process may starve as well, so that it is lifted again at once.
        while ThreadPolicy.ofThisThread != ThreadPolicy.idleNumber { usleep(1_000) }
      }
      late.join()
    }
  }

  @Test func leavesNoThreadBehindWhereItEnds() async throws {
    try await onOwnThread {
      let watch = try StandbyWatch()
      let isOver = Flag()
      let thread = try LinuxIO.Thread(name: "kept", priority: .background) {
        while !isOver.isSet { usleep(1_000) }
      }
      watch.stop()
      #expect(ThreadPolicy.idle == 0)
      isOver.set()
      thread.join()
    }
  }

  private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
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

/// The scheduler's classes of this process's threads, by the kernel's file of each.
private enum ThreadPolicy {
  static let idleNumber = 5

  /// How many threads are in `SCHED_IDLE`.
  static var idle: Int {
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    return threads.count { of("/proc/self/task/\($0)/stat") == idleNumber }
  }

  static var ofThisThread: Int? { of("/proc/thread-self/stat") }

  /// The 41st field; the second is a name in brackets, which may hold anything.
  private static func of(_ path: String) -> Int? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 38 ? Int(fields[38]) : nil
  }
}
