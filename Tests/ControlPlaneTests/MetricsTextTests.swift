import NIOCore
import Synchronization
import Testing

@testable import ControlPlane

@Suite struct MetricsTextTests {
  /// Counts how often it is made, and shows a number that others raise.
  private final class Page: Sendable {
    let makings = Atomic<Int>(0)
    let shown = Atomic<Int>(0)
    let askers = Atomic<Int>(0)

    func text() -> String {
      makings.add(1, ordering: .relaxed)
      return "\(shown.load(ordering: .relaxed))"
    }
  }

  @Test func isNeverOlderThanTheQuestion() async {
    let page = Page()
    let metrics = MetricsText(burst: 5, interval: 1) { page.text() }
    for number in 1...50 {
      page.shown.store(number, ordering: .relaxed)
      #expect(String(buffer: await metrics.text()) == "\(number)")
    }
  }

  @Test func costsLittleHoweverManyAsk() async {
    let page = Page()
    // The first three come at once; the others would wait an hour each.
    let metrics = MetricsText(burst: 3, interval: 3_600_000) { page.text() }
    for _ in 0..<3 { _ = await metrics.text() }
    let waiting = (0..<500).map { _ in
      Task {
        page.askers.add(1, ordering: .relaxed)
        return await metrics.text()
      }
    }
    // All are about to ask; then there is time for many a page to be made.
    while page.askers.load(ordering: .relaxed) < 500 { await Task.yield() }
    for _ in 0..<500 { await Task.yield() }
    #expect(page.makings.load(ordering: .relaxed) == 3)
    for task in waiting { task.cancel() }
  }

  @Test func answersAllWhoAskAtOnce() async {
    let page = Page()
    let metrics = MetricsText(burst: 1, interval: 20) { page.text() }
    page.shown.store(7, ordering: .relaxed)
    let texts = await withTaskGroup(of: String.self) { tasks in
      for _ in 0..<500 { tasks.addTask { String(buffer: await metrics.text()) } }
      return await tasks.reduce(into: []) { $0.append($1) }
    }
    #expect(texts == Array(repeating: "7", count: 500))
    #expect(page.makings.load(ordering: .relaxed) < 500)
  }
}
