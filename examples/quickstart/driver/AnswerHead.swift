import FixedMemory

/// The head of an answer that has arrived whole.
struct AnswerHead: Equatable {
  /// The status; 0 where the first line has none.
  let status: Int
  /// Why there is no bid, where the exchange has `test_header`.
  let reason: String?
  /// The bytes of the body behind it; nil where nothing tells them.
  let bodyCount: Int?
  /// Its bytes, with the empty line.
  let count: Int

  /// Nil while the empty line has not come.
  ///
  /// - Complexity: O(*n*) in the bytes.
  init?(_ bytes: RawSpan) {
    var end = 0
    while end + 4 <= bytes.byteCount, !bytes.slice(end, 4).equals("\r\n\r\n") { end += 1 }
    guard end + 4 <= bytes.byteCount else { return nil }
    count = end + 4
    let text = String(decoding: (0..<end).map { bytes.byte(at: $0) }, as: UTF8.self)
    let lines = text.split(separator: "\r\n")
    status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
    reason = Self.value(of: "x-nod-reason", in: lines)
    // RFC 9110, 8.6: such answers have no body and no length.
    let hasBody = status >= 200 && status != 204 && status != 304
    bodyCount = hasBody ? Self.value(of: "content-length", in: lines).flatMap { Int($0) } : 0
  }

  private static func value(of name: String, in lines: [Substring]) -> String? {
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else {
        continue
      }
      return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
    return nil
  }
}
