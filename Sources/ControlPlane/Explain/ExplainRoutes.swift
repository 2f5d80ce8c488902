import Hummingbird

/// Why each line item would or would not bid on a request that the caller has.
///
/// A key of some advertisers is answered as if there were no others: what they bid would otherwise
/// show in who wins, in what the exchange is answered and why, and in the price it takes to win.
struct ExplainRoutes {
  let port: ExplainPort

  var all: [ControlRoute] {
    [
      ControlRoute(.post, "/v1/explain/{exchange}", .role(.viewer)) { request in
        try await explain(request)
      }
    ]
  }

  private func explain(_ request: ControlRequest) async throws -> Response {
    let name = request["exchange"]
    guard let exchange = port.exchanges.firstIndex(of: name) else {
      throw ProblemDocument.notFound("exchange `\(name.prefix(64))`")
    }
    let body = try await request.body(atMost: port.bodyBytes)
    var advertisers: Set<String>?
    if case .only(let own) = request.principal.scope { advertisers = own }
    let report: ExplainReport
    do {
      report = try await port.explain(exchange, body, advertisers)
    } catch ExplainPort.Failure.busy {
      throw ProblemDocument(
        .serviceUnavailable, "Too many requests wait to be explained; try again in a second.",
        headers: [.retryAfter: "1"])
    }
    if case .malformed(let rule) = report.outcome {
      throw ProblemDocument(.badRequest, "The body is no bid request.", faults: [Self.fault(rule)])
    }
    // A line for each line item: beside the requests of others.
    let json = try await Offload.run {
      String(decoding: try JSONResponse.encoder.encode(report), as: UTF8.self)
    }
    return JSONResponse.text(json)
  }

  /// A rule of OpenRTB that a body breaks, in words.
  private static func fault(_ rule: String) -> ProblemDocument.Fault {
    switch rule {
    case "json": .init(pointer: "", detail: "it is not JSON, or nested too deeply")
    case "notAnObject": .init(pointer: "", detail: "it is not a JSON object")
    case "noID": .init(pointer: "/id", detail: "must be a text that is not empty, or a number")
    case "noImpressions": .init(pointer: "/imp", detail: "must be a list that is not empty")
    case "impressionWithoutID": .init(pointer: "/imp", detail: "an impression has no `id`")
    case "duplicateImpressionID":
      .init(pointer: "/imp", detail: "two impressions have the same `id`")
    default: .init(pointer: "", detail: rule)
    }
  }
}
