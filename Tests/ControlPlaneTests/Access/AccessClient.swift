import Foundation
import Support
import Testing

/// A client of the API: one request a call, JSON in and out.
struct AccessClient {
  let port: UInt16
  /// Sent with every request.
  var fields: [String] = []

  /// With a key.
  func with(key: String) -> AccessClient {
    AccessClient(port: port, fields: ["Authorization: Bearer \(key)"])
  }

  func send(
    _ method: String, _ path: String, _ body: String? = nil, also: [String] = []
  ) throws -> TestAnswer {
    var client = try TestClient(port: port)
    return try client.request(
      method, path, headers: fields + also, body: body.map { Array($0.utf8) })
  }

  func json(
    _ method: String, _ path: String, _ body: String? = nil, status: Int = 200,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    let answer = try send(method, path, body)
    #expect(answer.status == status, "\(answer.text)", sourceLocation: sourceLocation)
    return try #require(
      JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any],
      sourceLocation: sourceLocation)
  }

  /// Makes a key.
  func makeKey(
    _ role: String, _ advertisers: String = "null"
  ) throws -> (id: String, text: String) {
    let key = try json(
      "POST", "/v1/keys", #"{"name":"\#(role)","role":"\#(role)","advertisers":\#(advertisers)}"#,
      status: 201)
    return (try #require(key["id"] as? String), try #require(key["key"] as? String))
  }
}
