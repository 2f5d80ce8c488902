import Foundation

@testable import quickstart

/// Requests, expectations and answers of the tests.
enum Samples {
  static func expectation(_ json: String) throws -> Expectation {
    try JSONDecoder().decode(Expectation.self, from: Data(json.utf8))
  }

  static func refusal(_ reason: String) throws -> Expectation {
    try expectation(#"{"name":"a","outcome":"no-bid","reason":"\#(reason)"}"#)
  }

  static func request(expecting expectation: Expectation) throws -> BidRequest {
    try BidRequest(
      line: #"{"name":"a","exchange":"example","request":{}}"#, expectation: expectation)
  }

  static func answer(
    _ status: Int, reason: String? = nil, _ body: String = ""
  ) -> Connection.Answer {
    Connection.Answer(status: status, reason: reason, body: Array(body.utf8), nanoseconds: 1)
  }

  static func report(file: String, received: Int, stored: Int) throws -> AudienceDrop.Report {
    let json = """
      {"source":"aam","file":"\(file)","status":"done","reason":null,"generation":2,
      "lines":{"received":\(received),"stored":\(stored)}}
      """
    return try JSONDecoder().decode(AudienceDrop.Report.self, from: Data(json.utf8))
  }
}
