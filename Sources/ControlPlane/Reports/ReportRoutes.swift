import AuctionTypes
import Hummingbird
import Reporting

/// `/v1/reports/delivery` and the pacing of a campaign.
struct ReportRoutes {
  let parts: ControlParts

  var all: [ControlRoute] {
    let (desk, advertisers) = (parts.reports, parts.advertisers)
    return [
      ControlRoute(.get, "/v1/reports/delivery", .role(.viewer)) {
        try await Self.delivery($0, desk)
      },
      ControlRoute(
        .get, "/v1/advertisers/{advertiser}/campaigns/{id}/pacing", .role(.viewer)
      ) { try await Self.pacing($0, desk, advertisers) },
    ]
  }

  private static func delivery(
    _ request: ControlRequest, _ desk: ReportDesk
  ) async throws -> Response {
    let query = try DeliveryQuery(request)
    let isCSV = try wantsCSV(request)
    return try await Offload.run {
      do {
        let report = try desk.delivery(query)
        return isCSV
          ? DeliveryTable(report).response : JSONResponse.text(DeliveryJSON(report).text)
      } catch let error as TooManyRows {
        throw ProblemDocument(
          .unprocessableContent,
          """
          The answer has more than \(error.limit) rows: narrow it with `from` and `to` or a \
          filter, or group by less.
          """)
      }
    }
  }

  private static func wantsCSV(_ request: ControlRequest) throws -> Bool {
    switch request.query("format") {
    case "csv": true
    case "json": false
    case nil: request.request.headers[.accept]?.contains("text/csv") ?? false
    default: throw ProblemDocument(.badRequest, "`format` must be `json` or `csv`.")
    }
  }

  private static func pacing(
    _ request: ControlRequest, _ desk: ReportDesk, _ advertisers: AdvertisersInForce
  ) async throws -> Response {
    let (advertiser, campaign) = (request["advertiser"], request["id"])
    return try await Offload.run {
      guard let report = try desk.pacing(advertiser: advertiser, campaign: campaign) else {
        throw ProblemDocument.notFound("campaign `\(campaign)`")
      }
      let campaigns = advertisers.value.first { $0.id == advertiser }?.campaigns ?? []
      let timeZone = campaigns.first { $0.id == campaign }?.timeZone ?? "UTC"
      return try JSONResponse.of(PacingDocument(report, timeZone: timeZone))
    }
  }
}
