import AuctionTypes
import AudienceIngest
import CampaignDocuments
import ControlStore
import Foundation
import Hummingbird

/// The segments with their sizes.
struct SegmentRoutes {
  let desk: UploadDesk
  let advertisers: AdvertisersInForce

  var all: [ControlRoute] {
    let (desk, advertisers) = (desk, advertisers)
    return [
      ControlRoute(.get, "/v1/segments", .role(.viewer)) { request in
        try await Self.list(request, desk, advertisers)
      }
    ]
  }

  private static func list(
    _ request: ControlRequest, _ desk: UploadDesk, _ advertisers: AdvertisersInForce
  ) async throws -> Response {
    let page = try PageRequest(request)
    let access = SourceAccess(port: desk.port, principal: request.principal)
    let source = try request.query("source").map { try access.source($0) }
    let prefix = request.query("prefix") ?? ""
    return try await Offload.run {
      let list = SegmentList(
        sources: desk.port.sources,
        visible: access.visible.filter { source == nil || $0 == source },
        census: desk.port.census(),
        named: Self.segments(namedBy: advertisers.value, access.principal.scope))
      return try JSONResponse.of(
        list.page(
          prefix: prefix, after: page.after, size: page.size,
          applied: try desk.jobs.lastApplied()))
    }
  }

  /// The segments that line items name of the advertisers that exist for a key.
  private static func segments(
    namedBy advertisers: [Advertiser], _ scope: AdvertiserScope
  ) -> Set<String> {
    var names: Set<String> = []
    for advertiser in advertisers where scope.contains(advertiser.id) {
      for campaign in advertiser.campaigns {
        for item in campaign.lineItems { names.formUnion(item.targeting.audience?.segments ?? []) }
      }
    }
    return names
  }
}
