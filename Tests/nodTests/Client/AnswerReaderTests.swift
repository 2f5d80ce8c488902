import FixedMemory
import Testing

@testable import nod

@Suite struct AnswerReaderTests {
  /// Reads bytes in pieces of a size, then the end of the connection.
  private static func read(
    _ text: String, piece: Int, limit: Int = 100
  ) throws(AnswerReader.Malformed) -> ClientAnswer {
    var reader = AnswerReader(limit: limit)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let bytes = Array(rest.prefix(piece))
      rest = rest.dropFirst(piece)
      try reader.take(bytes.rawSpan)
      if let answer = reader.finished { return answer }
    }
    return try reader.end()
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc", 200, "ab"),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", 200,
      "abc"
    ),
    ("HTTP/1.0 404 Not Found\r\n\r\nabc", 404, "abc"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, ""),
    ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
    ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nContent-Length: 1\r\n\r\na", 200, "a"),
  ])
  func findsTheBody(_ text: String, _ status: Int, _ body: String) throws {
    for piece in [1, 2, 3, 7, 1_000] {
      let answer = try Self.read(text, piece: piece)
      #expect(answer.status == status)
      #expect(answer.text == body)
    }
  }

  @Test func readsFieldsWithoutCase() throws {
    let answer = try Self.read(
      "HTTP/1.1 200 OK\r\nContent-LENGTH:0\r\nX-Thing: \t a b\r\n\r\n", piece: 5)
    #expect(answer.field("x-thing") == "a b")
    #expect(answer.field("content-length") == "0")
    #expect(answer.field("other") == nil)
  }

  @Test(arguments: [
    ("", "closed the connection"),
    ("HTTP/1.1 200", "closed the connection within its answer"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", "closed the connection within its answer"),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
      "closed the connection within its answer"
    ),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "answered with a broken chunk"),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "answered in an unknown transfer coding"
    ),
    ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "answered with a wrong length"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n", "answered more than 100 bytes"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n", "answered more than 100 bytes"),
    (
      "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 101), "answered more than 100 bytes"
    ),
    ("SSH-2.0-OpenSSH_9.2\r\n\r\n", "does not speak HTTP"),
    (
      String(repeating: "x", count: ClientLimits.headBytes + 1),
      "answered a head of more than 65536 bytes"
    ),
  ])
  func saysWhatIsWrong(_ text: String, _ reason: String) {
    for piece in [1, 1_000] {
      #expect(throws: AnswerReader.Malformed(reason: reason)) {
        try Self.read(text, piece: piece)
      }
    }
  }

  @Test func takesABodyOfTheLimit() throws {
    let body = String(repeating: "x", count: 100)
    let answer = try Self.read(
      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\(body)", piece: 50)
    #expect(answer.text == body)
  }
}
