import FixedMemory
import Testing

@testable import LoadGeneration

struct AnswerTests {
  static let whole: [(text: String, status: Int, body: String, closes: Bool)] = [
    ("HTTP/1.1 204 No Content\r\n\r\n", 204, "", false),
    ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", false),
    ("HTTP/1.1 200\r\ncontent-length:0\r\nConnection: close\r\n\r\n", 200, "", true),
    ("HTTP/1.0 503 Busy\r\nContent-Length: 1\r\n\r\nx", 503, "x", true),
    ("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", 200, "", false),
    ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", 204, "", false),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n1\r\nd\r\n0\r\nT: x\r\n\r\n",
      200, "abcd", false
    ),
  ]

  @Test(arguments: whole) func readsAnswersHoweverTheyAreCut(
    _ text: String, _ status: Int, _ body: String, _ closes: Bool
  ) {
    let bytes = Array(text.utf8)
    for count in 0..<bytes.count {
      let part = Array(bytes.prefix(count))
      #expect(Answer.read(part.rawSpan) == .partial, "of \(count) bytes")
    }
    guard case .whole(let answer) = Answer.read(bytes.rawSpan) else {
      Issue.record("not whole")
      return
    }
    var plain = FixedBuffer(capacity: 64)
    answer.appendBody(of: bytes.rawSpan, to: &plain)
    let text = (0..<plain.count).map { plain.bytes.byte(at: $0) }
    #expect(answer.status == status && answer.closes == closes)
    #expect(answer.byteCount == bytes.count)
    #expect(String(decoding: text, as: UTF8.self) == body)
  }

  @Test(arguments: [
    "nothing", "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1 999 OK\r\n\r\n",
    "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
  ]) func refusesWhatIsNoAnswer(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(Answer.read(bytes.rawSpan) == .malformed)
  }

  @Test func aBodyWithoutLengthEndsWithTheConnection() {
    let bytes = Array("HTTP/1.1 200 OK\r\n\r\nabc".utf8)
    guard case .untilEnd(let answer) = Answer.read(bytes.rawSpan) else {
      Issue.record("not until the end")
      return
    }
    #expect(answer.body.count == 3 && answer.closes)
  }

  static let bodies: [(body: String, hasBid: Bool)] = [
    (#"{"id":"1","seatbid":[{"bid":[{}]}]}"#, true), (#"{"seatbid" : [ {} ]}"#, true),
    (#"{"id":"1","seatbid":[]}"#, false), (#"{"id":"1"}"#, false), ("{}", false), ("", false),
    (#"{"id":"seatbid","nbr":2}"#, false), (#"{"seatbid":null}"#, false),
  ]

  @Test(arguments: bodies) func knowsABid(_ body: String, _ hasBid: Bool) {
    let bytes = Array(body.utf8)
    #expect(BidNotice.hasBid(bytes.rawSpan) == hasBid)
  }
}

struct NoticeTests {
  static let body = #"""
    {"id":"req-1","cur":"EUR","seatbid":[{"seat":"s7","bid":[
    {"id":"b1","impid":"i1","price":2.5,"crid":"c9","nurl":"http:\/\/h:1\/w?p=${AUCTION_PRICE}&i=${AUCTION_IMP_ID}",
    "burl":"http://h:1/b?c=${AUCTION_CURRENCY}&b=${AUCTION_BID_ID}&a=${AUCTION_ID}&s=${AUCTION_SEAT_ID}&n=${AUCTION_NOTHING}",
    "lurl":"http://h:1/l?r=${AUCTION_LOSS}&d=${AUCTION_AD_ID}"}]}]}
    """#

  private func notices(won: Bool, share: Double = 1, body: String = body) -> [String] {
    let bytes = Array(body.utf8)
    let rules = NoticeRules(
      winRate: 1, shortestDelay: 0, longestDelay: 0, clearingShare: share)
    return BidNotice.requests(in: bytes.rawSpan, rules: rules, isWon: { won }).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private func get(_ target: String) -> String { "GET \(target) HTTP/1.1\r\nHost: h:1\r\n\r\n" }

  @Test func aWinFiresNurlAndBurlWithTheirMacrosReplaced() {
    #expect(
      notices(won: true) == [get("/w?p=2.5&i=i1"), get("/b?c=EUR&b=b1&a=req-1&s=s7&n=")])
  }

  @Test func aLossFiresLurl() { #expect(notices(won: false) == [get("/l?r=102&d=c9")]) }

  @Test func aClearingPriceIsAShareOfTheBid() {
    #expect(notices(won: true, share: 0.9).first == get("/w?p=2.250000&i=i1"))
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"seatbid":[{"bid":[{"nurl":"ftp://h/x"}]}]}"#,
    #"{"seatbid":[{"bid":[{"nurl":"http:///x"}]}]}"#, #"{"seatbid":[{"bid":[{"nurl":7}]}]}"#,
    #"{"seatbid":[{"bid":[{"nurl":"http://h/a b"}]}]}"#, #"{"seatbid":[{"bid":["#,
    #"{"seatbid":[{"bid":[{"nurl":"http://h/\u000d\u000aX: y"}]}]}"#,
  ]) func firesNothingForWhatIsNoNotice(_ body: String) {
    #expect(notices(won: true, body: body).isEmpty)
  }

  @Test func theSoonestNoticeComesFirst() {
    var queue = NoticeQueue()
    var random = RandomNumbers(seed: 4)
    let times = (0..<500).map { _ in UInt64(random.below(100)) }
    for time in times { _ = queue.append(NoticeQueue.Entry(due: time, request: [])) }
    var taken: [UInt64] = []
    while let entry = queue.popFirst() { taken.append(entry.due) }
    #expect(taken == times.sorted())
  }
}
