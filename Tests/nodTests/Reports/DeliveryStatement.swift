import Foundation
import Support

/// What `/v1/reports/delivery` answers.
struct DeliveryStatement: Decodable {
  /// One row, with the keys that were asked for.
  struct Row: Decodable {
    let advertiser: String?
    let campaign: String?
    let lineItem: String?
    let creative: String?
    let exchange: String?
    let size: String?
    let hour: String?
    let day: String?
    let currency: String
    let requestsMatched: Int?
    let bids: Int
    let wins: Int
    let impressions: Int
    let clicks: Int
    let spendMicros: Int64
    let lateMicros: Int64
    let cpmMicros: Int64?
    let ctr: Double?
    let winRate: Double?
    let plannedMicros: Int64?
    let pacing: Double?
  }

  let rows: [Row]
  let totals: [Row]
  let completeUntil: Date?

  /// Parses an answer.
  init(json: [UInt8]) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.dateDecodingStrategy = .iso8601
    self = try decoder.decode(Self.self, from: Data(json))
  }
}

extension ServerProcess {
  /// Asks the control plane with the first administrator's key.
  func ask(_ path: String) throws -> TestAnswer {
    let file = folder.url.appendingPathComponent("control.token")
    let token = try String(contentsOf: file, encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    var client = try TestClient(port: controlPort)
    return try client.request("GET", path, headers: ["Authorization: Bearer \(token)"])
  }

  /// What was delivered, by some dimensions.
  func delivery(_ groupBy: String = "") throws -> DeliveryStatement {
    let answer = try ask("/v1/reports/delivery?group_by=\(groupBy)")
    guard answer.status == 200 else {
      throw Failure(description: "the report was answered \(answer.status): \(answer.text)")
    }
    return try DeliveryStatement(json: answer.body)
  }

  /// What was delivered, when all that has happened until now is in it.
  func completeDelivery(_ groupBy: String = "") throws -> DeliveryStatement {
    let asked = Date.now
    var statement: DeliveryStatement?
    try wait(for: "reports that are complete") {
      let found = try delivery(groupBy)
      guard let time = found.completeUntil, time > asked else { return false }
      statement = found
      return true
    }
    guard let statement else { throw Failure(description: "no report") }
    return statement
  }
}
