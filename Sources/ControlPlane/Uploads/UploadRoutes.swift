import AudienceIngest
import ControlStore
import Foundation
import HTTPTypes
import Hummingbird

extension HTTPField.Name {
  /// Where a body goes on, and how many bytes are there.
  static let uploadOffset = HTTPField.Name("Upload-Offset")!
}

/// Audience files over HTTP, and what became of them.
struct UploadRoutes {
  let desk: UploadDesk

  var all: [ControlRoute] {
    let desk = desk
    return [
      ControlRoute(.post, "/v1/audience-uploads", .role(.trader)) { request in
        try await UploadReceiver(desk: desk).receive(request)
      },
      ControlRoute(.get, "/v1/audience-uploads/offset", .role(.trader)) { request in
        try await Self.offset(request, desk)
      },
      ControlRoute(.get, "/v1/audience-uploads", .role(.viewer)) { request in
        try await Self.list(request, desk)
      },
      ControlRoute(.get, "/v1/audience-uploads/{id}", .role(.viewer)) { request in
        try await Self.job(request, desk)
      },
    ]
  }

  private struct Offset: Encodable {
    let offset: Int
  }

  private static func offset(_ request: ControlRequest, _ desk: UploadDesk) async throws -> Response
  {
    let upload = try UploadRequest(request, desk.port)
    guard let sha256 = upload.sha256 else {
      throw ProblemDocument(.badRequest, "`sha256` is missing from the query.")
    }
    let offset = try await Offload.run {
      try desk.offset(source: upload.source.name, file: upload.file, sha256: sha256)
    }
    return try JSONResponse.of(Offset(offset: offset), headers: [.uploadOffset: "\(offset)"])
  }

  private static func job(_ request: ControlRequest, _ desk: UploadDesk) async throws -> Response {
    let id = request["id"]
    let access = SourceAccess(port: desk.port, principal: request.principal)
    let text = try await Offload.run { () -> String? in
      guard let found = try desk.jobs.job(id: id), access.shows(found) else { return nil }
      if found.state.isOpen { try desk.survey(found.source) }
      return try desk.jobs.job(id: id).map {
        UploadJobText.json(of: desk.show($0), isWhole: access.showsLines(of: $0))
      }
    }
    guard let text else { throw ProblemDocument.notFound("upload `\(id)`") }
    return JSONResponse.text(text)
  }

  private static func list(_ request: ControlRequest, _ desk: UploadDesk) async throws -> Response {
    let access = SourceAccess(port: desk.port, principal: request.principal)
    let page = try PageRequest(request)
    let source = try request.query("source").map { try access.source($0).name }
    let state = try state(request)
    let query = UploadJobQuery(
      sources: source.map { [$0] } ?? access.jobSources, state: state?.stored,
      before: try page.after.map(number), limit: page.size,
      reportBytes: desk.port.limits.reportBytesOfPage)
    let text = try await Offload.run {
      for source in source.map({ [$0] }) ?? access.visible.map(\.name) { try desk.survey(source) }
      return try UploadPage(desk: desk, access: access, query: query, state: state).json()
    }
    return JSONResponse.text(text)
  }

  private static func state(_ request: ControlRequest) throws -> ShownJob.State? {
    try request.query("state").map { text in
      guard let state = ShownJob.State(rawValue: text) else {
        let names = ShownJob.State.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        throw ProblemDocument(.badRequest, "`state` must be one of \(names).")
      }
      return state
    }
  }

  private static func number(_ token: String) throws -> Int64 {
    guard let number = Int64(token) else { throw PageRequest.unknownToken }
    return number
  }
}

extension SourceAccess {
  /// Whether a job exists for the key.
  func shows(_ job: UploadJob) -> Bool { jobSources?.contains(job.source) ?? true }

  /// Whether the key may see lines of a job's file: those of a shared source are nobody's alone.
  func showsLines(of job: UploadJob) -> Bool {
    guard principal.scope != .all else { return true }
    return visible.contains { $0.name == job.source && $0.advertiser != nil }
  }
}

/// A page of jobs as JSON.
struct UploadPage: Sendable {
  let desk: UploadDesk
  let access: SourceAccess
  let query: UploadJobQuery
  /// The state that is asked for: of the queued, either those that are read or the others.
  let state: ShownJob.State?

  /// The page.
  func json() throws -> String {
    let page = try desk.jobs.page(query)
    let items = page.jobs.compactMap { job -> String? in
      let shown = desk.show(job)
      if let state, shown.state != state { return nil }
      return UploadJobText.json(of: shown, isWhole: access.showsLines(of: job))
    }
    let token =
      page.nextBefore.map { ",\"next_page_token\":\"\(PageRequest.token(after: "\($0)"))\"" } ?? ""
    return "{\"items\":[\(items.joined(separator: ","))]\(token)}"
  }
}
