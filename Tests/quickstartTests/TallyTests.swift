import Testing

@testable import quickstart

@Suite struct TallyTests {
  @Test func countsBidsAndReasons() throws {
    var tally = Tally()
    let bid = try Samples.request(
      expecting: Samples.expectation(#"{"name":"a","outcome":"bid","others":true}"#))
    let response = #"{"seatbid":[{"bid":[{"impid":"1","price":1,"cid":"c"}]}]}"#
    tally.count(Samples.answer(200, response), to: bid)
    for (got, wanted) in [("os", "os"), ("geo", "geo"), ("app", "app"), ("geo", "floor")] {
      let request = try Samples.request(expecting: Samples.refusal(wanted))
      tally.count(Samples.answer(204, reason: got), to: request)
    }
    tally.count(Samples.answer(503), to: bid)
    #expect(tally.requests == 6)
    #expect(tally.bids == 1)
    #expect(tally.example?.name == "a")
    let ranked = tally.rankedNoBids.map { "\($0.reason) \($0.count)" }
    #expect(ranked == ["geo 2", "app 1", "os 1", "status 503 1"])
    #expect(
      tally.surprises == ["a: geo instead of floor", "a: status 503 instead of a bid"])
  }

  @Test(
    arguments: [
      ([], 50, 0), ([1], 1, 1), ([1_000], 99, 1), ([1_001], 99, 2),
      ([4_000, 1_000, 3_000, 2_000], 50, 2), ([4_000, 1_000, 3_000, 2_000], 51, 3),
      ([4_000, 1_000, 3_000, 2_000], 99, 4), ([4_000, 1_000, 3_000, 2_000], 100, 4),
      ([4_000, 1_000, 3_000, 2_000], 1, 1),
    ] as [([UInt64], Int, Int)])
  func percentilesAreTheNearestRank(nanoseconds: [UInt64], percentile: Int, wanted: Int) {
    var latencies = Latencies()
    for value in nanoseconds { latencies.add(value) }
    #expect(latencies.microseconds(percentile: percentile) == wanted)
    #expect(latencies.count == nanoseconds.count)
  }

  @Test func timesThatComeLaterCount() {
    var latencies = Latencies()
    for value in 1...99 { latencies.add(UInt64(value) * 1_000) }
    #expect(latencies.microseconds(percentile: 99) == 99)
    latencies.add(1)
    #expect(latencies.microseconds(percentile: 99) == 98)
  }
}
