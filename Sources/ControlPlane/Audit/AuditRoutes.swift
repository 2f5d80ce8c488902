import ControlStore
import Foundation
import Hummingbird

/// `/v1/audit`: who changed what.
struct AuditRoutes {
  let database: ControlDatabase

  var all: [ControlRoute] {
    let database = database
    return [
      ControlRoute(.get, "/v1/audit", .role(.admin)) { try await Self.list($0, database) }
    ]
  }

  private static func list(
    _ request: ControlRequest, _ database: ControlDatabase
  ) async throws -> Response {
    let page = try PageRequest(request)
    let before = try page.after.map { key in
      guard let sequence = Int64(key) else { throw PageRequest.unknownToken }
      return sequence
    }
    let filter = AuditFilter(
      scope: request.principal.scope, advertiser: request.query("advertiser"),
      object: request.query("object"), keyID: request.query("key_id"))
    let entries = try await Offload.run {
      try AuditLog.page(filter, before: before, count: page.size + 1, in: database)
    }
    let shown = entries.prefix(page.size)
    let token = entries.count <= page.size ? nil : shown.last.map { "\($0.sequence)" }
    let items = try shown.map(json).joined(separator: ",")
    let next = token.map { ",\"next_page_token\":\"\(PageRequest.token(after: $0))\"" } ?? ""
    return JSONResponse.text("{\"items\":[\(items)]\(next)}")
  }

  private struct Members: Encodable {
    let sequence: Int64
    let time: String
    let keyID: String
    let requestID: String
    let action: String
    let advertiser: String?
    let object: String
    let hash: String

    private enum CodingKeys: String, CodingKey {
      case sequence, time, action, advertiser, object, hash
      case keyID = "key_id"
      case requestID = "request_id"
    }
  }

  /// An entry with its objects as the JSON that they are.
  private static func json(_ recorded: RecordedEntry) throws -> String {
    let entry = recorded.entry
    let members = Members(
      sequence: recorded.sequence, time: entry.time.rfc3339, keyID: entry.keyID,
      requestID: entry.requestID, action: entry.action, advertiser: entry.advertiser,
      object: entry.object, hash: recorded.hash)
    let text = String(decoding: try JSONResponse.encoder.encode(members), as: UTF8.self)
    return text.dropLast() + (entry.advertiser == nil ? ",\"advertiser\":null" : "")
      + ",\"before\":\(entry.before ?? "null"),\"after\":\(entry.after ?? "null")}"
  }
}
