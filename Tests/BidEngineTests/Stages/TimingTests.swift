import AuctionTypes
import Synchronization
import Testing

@testable import BidEngine

/// The tracer by itself: that stages end where they do is tested by ``StageTests``.
struct TimingTests {
  /// A clock that is one later each time it is read.
  private final class Ticks: Sendable {
    private let time = Mutex<UInt64>(1_000)

    func next() -> UInt64 {
      time.withLock {
        $0 += 1
        return $0
      }
    }
  }

  private static func tracer(oneIn interval: Int) -> TimingTracer {
    let ticks = Ticks()
    return TimingTracer(oneIn: interval) { ticks.next() }
  }

  @Test(arguments: [1, 2, 5])
  func measuresOneRequestInSoMany(interval: Int) {
    var tracer = Self.tracer(oneIn: interval)
    var measured: [Int] = []
    for request in 1...10 where tracer.isDue() {
      tracer.begin()
      measured.append(request)
    }
    #expect(measured == Array(stride(from: interval, through: 10, by: interval)))
  }

  @Test func addsUpWhatAStageTookWhereItComesTwice() {
    var tracer = Self.tracer(oneIn: 1)
    _ = tracer.isDue()
    tracer.begin()
    for stage in [DecisionStage.decode, .impression, .rank, .reserve, .rank] {
      tracer.finished(stage)
    }
    let times = DecisionStage.allCases.map { tracer.nanoseconds(of: $0) }
    #expect(times == [1, nil, nil, nil, nil, nil, 1, 2, 1, nil, nil, nil])
  }

  @Test func forgetsTheRequestBefore() {
    var tracer = Self.tracer(oneIn: 1)
    for stages in [[DecisionStage.decode, .screen], [.decode]] {
      _ = tracer.isDue()
      tracer.begin()
      for stage in stages { tracer.finished(stage) }
    }
    let (decode, screen) = (tracer.nanoseconds(of: .decode), tracer.nanoseconds(of: .screen))
    #expect(decode == 1)
    #expect(screen == nil)
  }

  @Test func namesAreWordsWithUnderscores() {
    #expect(DecisionStage.lookUp.name == "look_up")
    #expect(Set(DecisionStage.allCases.map(\.name)).count == DecisionStage.allCases.count)
  }
}
