import FixedMemory
import Support
import Testing

@testable import quickstart

@Suite struct AnswerHeadTests {
  private static func head(_ text: String) -> AnswerHead? {
    GuardedBytes(Array(text.utf8)).withBytes { AnswerHead($0) }
  }

  @Test func readsStatusReasonAndLength() {
    let refusal = Self.head("HTTP/1.1 204 No Content\r\nx-NOD-reason: floor\r\n\r\n")
    #expect(refusal?.status == 204)
    #expect(refusal?.reason == "floor")
    #expect(refusal?.bodyCount == 0)
    let bid = Self.head("HTTP/1.1 200 OK\r\nContent-Length:2\r\nA: b\r\n\r\n{}")
    #expect(bid?.status == 200)
    #expect(bid?.reason == nil)
    #expect(bid?.bodyCount == 2)
    #expect(bid?.count == 43)
  }

  @Test func waitsForTheEmptyLine() {
    let whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
    for length in 0..<whole.utf8.count {
      #expect(Self.head(String(decoding: whole.utf8.prefix(length), as: UTF8.self)) == nil)
    }
    #expect(Self.head(whole) != nil)
  }

  @Test func aBodyWithoutALengthIsNotGuessed() {
    #expect(Self.head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?.bodyCount == nil)
    #expect(Self.head("HTTP/1.1 503 No\r\nContent-Length: two\r\n\r\n")?.bodyCount == nil)
    #expect(Self.head("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")?.bodyCount == 0)
  }

  @Test func whatIsNoStatusIsZero() {
    for line in ["", "HTTP/1.1", "HTTP/1.1 OK", "200"] {
      #expect(Self.head("\(line)\r\n\r\n")?.status == 0)
    }
  }
}
