import AudienceIndex
import Compression
import FixedMemory
import Foundation
import Testing

@testable import LoadGeneration

/// What requests carry, and what follows a bid.
struct TrafficTests {
  private func requests(_ change: (inout LoadPlan, inout RequestMix) -> Void) throws -> [String] {
    let server = try StubServer(StubServer.Behaviour())
    var plan = Samples.plan(server.address, rate: 500, milliseconds: 400)
    var mix = plan.mix
    change(&plan, &mix)
    plan.mix = mix.prepared()
    _ = try Samples.run(plan)
    return server.requests
  }

  private func ids(_ requests: [String]) -> [String] {
    requests.compactMap { request in
      request.range(of: #""buyeruid":""#).map {
        String(request[$0.upperBound...].prefix { $0 != "\"" })
      }
    }
  }

  @Test func knownIdsAreThoseOfTheAudienceAndComeWithTheirShare() throws {
    let known = Set((0..<50).map { SyntheticIDs(seed: 3).id(of: $0) })
    let drawn = ids(
      try requests { _, mix in
        mix.ids = UserIDs(
          known: .synthetic(SyntheticIDs(seed: 3), users: 50), knownShare: 0.5, skew: 1)
      })
    let count = drawn.count { known.contains($0) }
    #expect(drawn.count == 200 && (60...140).contains(count))
    #expect(drawn.allSatisfy { $0.utf8.count == 38 })
    // The most frequent of 50 by Zipf's law has a share of 1/4.5.
    let first = drawn.count { $0 == SyntheticIDs(seed: 3).id(of: 0) }
    #expect((5...50).contains(first))
  }

  @Test func idsOfAListAreTakenAsTheyAre() throws {
    let drawn = ids(
      try requests { _, mix in
        mix.ids = UserIDs(
          known: .list([Array("a".utf8), Array("bcd".utf8)]), knownShare: 1, skew: 0)
      })
    #expect(Set(drawn) == ["a", "bcd"])
  }

  @Test func exchangesAreMixedByTheirWeights() throws {
    let lines = try requests { _, mix in
      mix.paths = [RequestMix.Path(path: "/a", weight: 3), RequestMix.Path(path: "/b")]
      mix.fields = ["X-Test: yes"]
    }
    let first = lines.count { $0.hasPrefix("POST /a HTTP/1.1\r\nHost: test\r\n") }
    #expect(lines.count == 200 && (110...185).contains(first))
    #expect(lines.allSatisfy { $0.contains("\r\nX-Test: yes\r\n") })
  }

  @Test func recordsNameTheirOwnPathAndTime() throws {
    let start = ContinuousClock.now
    let lines = try requests { plan, mix in
      mix.corpus.entries = [
        CorpusEntry(body: Array("{}".utf8), path: "/x", atMilliseconds: 0),
        CorpusEntry(body: Array("{}".utf8), path: "/y", atMilliseconds: 300),
      ]
      plan.arrivals = .recorded([0, 300_000_000])
    }
    #expect(lines.map { $0.prefix(7) } == ["POST /x", "POST /y"])
    #expect(ContinuousClock.now - start >= .milliseconds(300))
  }

  @Test func compressedBodiesHoldTheIds() throws {
    var mix = RequestMix(
      host: "h", paths: [RequestMix.Path(path: "/")],
      corpus: Corpus(entries: [CorpusEntry(body: Array(Samples.request.utf8))]),
      ids: UserIDs(known: .list([Array("xyz".utf8)]), knownShare: 1, skew: 0))
    mix.isCompressed = true
    let prepared = mix.prepared()
    #expect(prepared.corpus.entries.count == LoadLimits.gzipPool && prepared.ids == nil)
    var decompressor = BodyDecompressor()
    var plain = FixedBuffer(capacity: 4096)
    let packed = prepared.corpus.entries[5].front
    _ = decompressor.decompress(packed.rawSpan, into: &plain)
    let body = (0..<plain.count).map { plain.bytes.byte(at: $0) }
    #expect(
      String(decoding: body, as: UTF8.self)
        == Samples.request.replacing("\"7\"", with: "\"xyz\""))
  }

  @Test func noticesFollowBidsAfterTheirDelay() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.answer = StubServer.answer(NoticeTests.body)
    let server = try StubServer(behaviour)
    var plan = Samples.plan(server.address, rate: 100, milliseconds: 600)
    plan.notices = NoticeRules(
      winRate: 0.5, shortestDelay: 100_000_000, longestDelay: 200_000_000)
    plan.noticeConnections = 2
    let recorder = try Samples.run(plan).recorder
    #expect(recorder[.bid] == 60)
    let notices = server.requests.filter { $0.hasPrefix("GET ") }
    // A win fires two, a loss one.
    #expect((70...110).contains(notices.count))
    #expect(recorder.noticesSent == UInt64(notices.count))
    #expect(recorder.noticesGood == recorder.noticesSent && recorder.noticesBad == 0)
    #expect(notices.contains { $0.hasPrefix("GET /w?p=2.5&i=i1 ") })
    #expect(notices.contains { $0.hasPrefix("GET /l?r=102&d=c9 ") })
  }

  /// An answer with so many bids, all with the URLs of a sample.
  private func answer(bids: Int) -> String {
    let bid = #"{"id":"b","price":1,"nurl":"http://h/w","lurl":"http://h/l"}"#
    return #"{"id":"1","seatbid":[{"bid":["#
      + [String](repeating: bid, count: bids).joined(separator: ",") + "]}]}"
  }

  private func fires(
    _ behaviour: StubServer.Behaviour, delay: UInt64 = 0
  ) throws -> (recorder: Recorder, notices: [String]) {
    let server = try StubServer(behaviour)
    var plan = Samples.plan(server.address, rate: 50, milliseconds: 400)
    plan.notices = NoticeRules(winRate: 0.5, shortestDelay: delay, longestDelay: delay)
    plan.noticeConnections = 2
    let recorder = try Samples.run(plan).recorder
    return (recorder, server.requests.filter { $0.hasPrefix("GET ") })
  }

  @Test func eachBidOfAnAnswerWinsOrLosesForItself() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.answer = StubServer.answer(answer(bids: 16))
    let (recorder, notices) = try fires(behaviour)
    #expect(recorder[.bid] == 20 && notices.count == 320)
    // Were they drawn for each answer, sixteen at a time would go the same way.
    let wins = notices.count { $0.hasPrefix("GET /w ") }
    #expect((120...200).contains(wins))
    let even = stride(from: 0, to: 320, by: 16).count { start in
      let won = notices[start..<start + 16].count { $0.hasPrefix("GET /w ") }
      return won > 0 && won < 16
    }
    #expect(even > 10)
  }

  @Test func noticesAreSentThoughTheServerClosesTheirConnections() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.answer = StubServer.answer(answer(bids: 1))
    behaviour.answersPerConnection = 1
    // All of them fall due after the last request.
    let (recorder, notices) = try fires(behaviour, delay: 600_000_000)
    let bids = Int(recorder[.bid])
    #expect(bids > 0 && notices.count >= bids / 2)
    #expect(recorder.noticesSent == UInt64(bids) && recorder.noticesDropped == 0)
  }

  @Test(arguments: [false, true])
  func readsBidsThatComeAsGzip(_ isChunked: Bool) throws {
    var compressor = BodyCompressor()
    var packed = FixedBuffer(capacity: 4096)
    let body = Array(answer(bids: 4).utf8)
    #expect(compressor.compress(body.rawSpan, into: &packed))
    let bytes = (0..<packed.count).map { packed.bytes.byte(at: $0) }
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
    var behaviour = StubServer.Behaviour()
    if isChunked {
      behaviour.answerBytes =
        Array("\(head)Transfer-Encoding: chunked\r\n\r\n5\r\n".utf8) + bytes[..<5]
        + Array("\r\n\(String(bytes.count - 5, radix: 16))\r\n".utf8) + bytes[5...]
        + Array("\r\n0\r\n\r\n".utf8)
    } else {
      behaviour.answerBytes = Array("\(head)Content-Length: \(bytes.count)\r\n\r\n".utf8) + bytes
    }
    let (recorder, notices) = try fires(behaviour)
    #expect(recorder[.bid] == 20 && recorder.errors == 0 && notices.count == 80)
  }

  @Test func whatIsNoGzipIsMalformed() throws {
    var behaviour = StubServer.Behaviour()
    behaviour.answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"
    let (recorder, _) = try fires(behaviour)
    #expect(recorder[.malformed] == 20 && recorder.errors == 20)
  }
}
