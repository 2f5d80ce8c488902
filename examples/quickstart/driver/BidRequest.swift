import Foundation
import LinuxIO

/// One of the quickstart's bid requests and what it must get.
struct BidRequest: Sendable {
  /// What the request shows.
  var name: String { expectation.name }
  /// The exchange that it comes from.
  let exchange: String
  /// The OpenRTB body.
  let body: [UInt8]
  /// The HTTP request.
  let message: [UInt8]
  /// Whether nobody pays for what it sells.
  let isTest: Bool
  /// What it must get.
  let expectation: Expectation

  private struct Line: Decodable {
    struct Request: Decodable { let test: Int? }

    let name: String
    let exchange: String
    let request: Request
  }

  /// Reads the requests and the expectations, which stand in the same order.
  static func load(folder: String) throws -> [BidRequest] {
    let text = try String(contentsOfFile: folder + "/requests.ndjson", encoding: .utf8)
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/expected.json"))
    let expectations = try JSONDecoder().decode([Expectation].self, from: data)
    let lines = text.split(separator: "\n")
    guard lines.count == expectations.count else {
      throw Failure("\(lines.count) requests, but \(expectations.count) expectations")
    }
    return try zip(lines, expectations).map { try BidRequest(line: $0, expectation: $1) }
  }

  /// From a line `{"name":…,"exchange":…,"request":{…}}`.
  init(line: Substring, expectation: Expectation) throws {
    let head = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
    // The body is sent as it stands in the file: the last member, without the brace behind it.
    guard let start = line.range(of: "\"request\":"), head.name == expectation.name else {
      throw Failure("a line of requests.ndjson is not as expected: \(line.prefix(60))")
    }
    exchange = head.exchange
    isTest = head.request.test == 1
    body = Array(line[start.upperBound...].utf8.dropLast())
    self.expectation = expectation
    let lines = [
      "POST /openrtb2/\(exchange) HTTP/1.1", "Host: localhost", "Content-Type: application/json",
      "x-openrtb-version: 2.6", "Content-Length: \(body.count)", "", "",
    ]
    message = Array(lines.joined(separator: "\r\n").utf8) + body
  }
}
