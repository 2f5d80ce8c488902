import AuctionTypes
import CampaignDocuments
import Hummingbird

/// Why a line item does not run: where the requests of the last minutes fell.
struct FunnelRoutes {
  let port: FunnelPort
  let advertisers: AdvertisersInForce

  var all: [ControlRoute] {
    [
      ControlRoute(
        .get, "/v1/advertisers/{advertiser}/line-items/{id}/funnel", .role(.viewer)
      ) { request in
        try await funnel(request)
      }
    ]
  }

  private func funnel(_ request: ControlRequest) async throws -> Response {
    let minutes = try request.number("minutes", in: 1...60) ?? 60
    guard let (campaign, lineItem) = find(request["id"], of: request["advertiser"]) else {
      throw ProblemDocument.notFound("line item `\(request["id"].prefix(64))`")
    }
    let path = "\(request["advertiser"])/\(campaign.id)/\(lineItem.id)"
    let port = port
    let counts = try await Offload.run { port.counts(path, minutes) }
    return try JSONResponse.of(
      FunnelAnswer(
        path: path, counts, standstill: Self.standstill(campaign, lineItem, at: counts.to)))
  }

  private func find(_ id: String, of advertiser: String) -> (Campaign, LineItem)? {
    guard let advertiser = advertisers.value.first(where: { $0.id == advertiser }) else {
      return nil
    }
    for campaign in advertiser.campaigns {
      if let lineItem = campaign.lineItems.first(where: { $0.id == id }) {
        return (campaign, lineItem)
      }
    }
    return nil
  }

  /// Why a line item does not run at the moment, whatever requests come.
  private static func standstill(
    _ campaign: Campaign, _ lineItem: LineItem, at now: WallTime
  ) -> String? {
    switch (campaign.status, lineItem.status) {
    case (_, .archived): return "The line item is archived: it does not bid."
    case (.archived, _): return "Its campaign `\(campaign.id)` is archived: it does not bid."
    case (_, .paused):
      return "The line item is paused: it does not bid until its status is `active`."
    case (.paused, _):
      return "Its campaign `\(campaign.id)` is paused: it does not bid until that is `active`."
    case (.active, .active): break
    }
    if let start = campaign.flight.startMilliseconds, now.milliseconds < start {
      return
        "The flight of its campaign `\(campaign.id)` begins at \(WallTime(milliseconds: start).rfc3339)."
    }
    if let end = campaign.flight.endMilliseconds, now.milliseconds >= end {
      return
        "The flight of its campaign `\(campaign.id)` ended at \(WallTime(milliseconds: end).rfc3339)."
    }
    return nil
  }
}
