import AuctionTypes
import AudienceIngest
import Foundation
import Hummingbird

/// The feeds that audience files come from.
struct SourceRoutes {
  let desk: UploadDesk

  var all: [ControlRoute] {
    let desk = desk
    return [
      ControlRoute(.get, "/v1/sources", .role(.viewer)) { request in
        try await Self.list(request, desk)
      }
    ]
  }

  private static func list(_ request: ControlRequest, _ desk: UploadDesk) async throws -> Response {
    let page = try PageRequest(request)
    let visible = SourceAccess(port: desk.port, principal: request.principal).visible
      .sorted { $0.name < $1.name }
    let rest = visible.filter { source in page.after.map { source.name > $0 } ?? true }
    let shown = rest.prefix(page.size)
    let applied = try await Offload.run { try desk.jobs.lastApplied() }
    let next = rest.count > shown.count ? shown.last.map { PageRequest.token(after: $0.name) } : nil
    return try JSONResponse.of(
      Page(
        items: shown.map { ShownSource(source: $0, lastUpload: applied[$0.name]) },
        nextPageToken: next))
  }
}

/// A source as it is shown.
struct ShownSource: Encodable, Sendable {
  let source: AudiencePort.Source
  /// When its last file was applied that changed something.
  let lastUpload: WallTime?

  private enum CodingKeys: String, CodingKey {
    case name, format, advertiser
    case idSpace = "id_space"
    case segmentPrefix = "segment_prefix"
    case ttlSeconds = "ttl_seconds"
    case lastUploadAt = "last_upload_at"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(source.name, forKey: .name)
    try values.encode(source.format.rawValue, forKey: .format)
    try values.encode(source.idSpace.isEmpty ? nil : source.idSpace, forKey: .idSpace)
    let isSuppression = source.format == .suppression
    try values.encode(isSuppression ? nil : source.segmentPrefix, forKey: .segmentPrefix)
    try values.encode(source.advertiser, forKey: .advertiser)
    try values.encode(isSuppression ? nil : source.ttlSeconds, forKey: .ttlSeconds)
    try values.encode(lastUpload?.rfc3339, forKey: .lastUploadAt)
  }
}
