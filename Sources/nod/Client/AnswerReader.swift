import FixedMemory
import HTTP1

/// Finds an answer of HTTP/1.1 in the bytes of a connection that serves one request.
struct AnswerReader {
  /// How an answer breaks the rules, or a limit.
  struct Malformed: Error, Equatable {
    /// What is wrong with it.
    let reason: String
  }

  private enum Framing {
    case head
    case length(Int)
    case chunked(ChunkedBodyReader)
    case untilEnd
    case complete
  }

  private var framing = Framing.head
  private var head: [UInt8] = []
  private var answer = ClientAnswer(status: 0, fields: [], body: [])
  private let limit: Int

  /// A reader of one answer whose body has at most `limit` bytes.
  init(limit: Int = ClientLimits.answerBytes) {
    self.limit = limit
  }

  /// The answer once it is complete.
  var finished: ClientAnswer? {
    if case .complete = framing { return answer }
    return nil
  }

  /// Reads the next bytes of the connection.
  /// - Complexity: O(n) in the bytes.
  mutating func take(_ bytes: RawSpan) throws(Malformed) {
    var place = 0
    while place < bytes.byteCount {
      switch framing {
      case .head: try takeHead(bytes.byte(at: place), &place)
      case .length(let count):
        let taken = min(count - answer.body.count, bytes.byteCount - place)
        append(bytes.slice(place, taken))
        place += taken
        if answer.body.count == count { framing = .complete }
      case .chunked(let reader): try takeChunks(reader, bytes, &place)
      case .untilEnd:
        append(bytes.slice(place, bytes.byteCount - place))
        place = bytes.byteCount
        guard answer.body.count <= limit else { throw tooLarge }
      case .complete: return
      }
    }
  }

  /// The answer when the server sends no more.
  mutating func end() throws(Malformed) -> ClientAnswer {
    switch framing {
    case .untilEnd, .complete: return answer
    case .head where head.isEmpty: throw Malformed(reason: "closed the connection")
    default: throw Malformed(reason: "closed the connection within its answer")
    }
  }

  private var tooLarge: Malformed { Malformed(reason: "answered more than \(limit) bytes") }

  private mutating func append(_ bytes: RawSpan) {
    answer.body.reserveCapacity(answer.body.count + bytes.byteCount)
    for index in 0..<bytes.byteCount { answer.body.append(bytes.byte(at: index)) }
  }

  private mutating func takeHead(_ byte: UInt8, _ place: inout Int) throws(Malformed) {
    head.append(byte)
    place += 1
    guard head.count <= ClientLimits.headBytes else {
      throw Malformed(reason: "answered a head of more than \(ClientLimits.headBytes) bytes")
    }
    guard byte == 0x0A, head.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]),
      (100...599).contains(status)
    else { throw Malformed(reason: "does not speak HTTP") }
    head = []
    // An interim answer, such as 100 Continue, has another one behind it.
    guard status >= 200 else { return }
    answer = ClientAnswer(
      status: status, fields: lines.dropFirst().compactMap(Self.field), body: [])
    framing = try bodyFraming(status)
  }

  private static func field(_ line: Substring) -> (name: String, value: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let value = line[line.index(after: colon)...]
    return (line[..<colon].lowercased(), String(value.trimmingPrefix { $0 == " " || $0 == "\t" }))
  }

  /// How the body's end is found (RFC 9112 section 6.3).
  private func bodyFraming(_ status: Int) throws(Malformed) -> Framing {
    if status == 204 || status == 304 { return .complete }
    if let coding = answer.field("transfer-encoding") {
      guard coding.lowercased() == "chunked" else {
        throw Malformed(reason: "answered in an unknown transfer coding")
      }
      return .chunked(ChunkedBodyReader(limit: limit))
    }
    guard let text = answer.field("content-length") else { return .untilEnd }
    guard let count = Int(text), count >= 0 else {
      throw Malformed(reason: "answered with a wrong length")
    }
    guard count <= limit else { throw tooLarge }
    return count == 0 ? .complete : .length(count)
  }

  private mutating func takeChunks(
    _ reader: ChunkedBodyReader, _ bytes: RawSpan, _ place: inout Int
  ) throws(Malformed) {
    var reader = reader
    while true {
      switch reader.step(bytes, at: &place) {
      case .data(let count): append(bytes.slice(place - count, count))
      case .partial:
        framing = .chunked(reader)
        return
      case .complete:
        framing = .complete
        return
      case .malformed(.contentTooLarge): throw tooLarge
      case .malformed: throw Malformed(reason: "answered with a broken chunk")
      }
    }
  }
}
