import ControlStore
import HTTPTypes
import Hummingbird

/// Writes a request's body into the inbox as it comes: one block is written while the next one
/// fills, and no more is held.
struct UploadReceiver: Sendable {
  let desk: UploadDesk

  /// Answers an upload.
  func receive(_ request: ControlRequest) async throws -> Response {
    let desk = desk
    let upload = try UploadRequest(request, desk.port)
    if let known = try await Offload.run({ try desk.known(upload, sha256: upload.sha256) }) {
      return Self.answer(desk.show(known), .ok)
    }
    let ticket = try await Offload.run { try desk.begin(upload) }
    do {
      try await receive(request.request.body, ticket)
    } catch {
      try await Offload.run { desk.abandon(ticket) }
      guard var problem = error as? ProblemDocument else { throw Self.unfinished }
      problem.headers[.uploadOffset] = upload.sha256 == nil ? nil : "\(ticket.partial?.count ?? 0)"
      throw problem
    }
    let receipt = try await Offload.run { try desk.finish(ticket) }
    return Self.answer(desk.show(receipt.job), receipt.isRepeated ? .ok : .accepted)
  }

  private func receive(_ body: RequestBody, _ ticket: UploadTicket) async throws {
    let limit = desk.port.limits.blockBytes
    var block: [UInt8] = []
    block.reserveCapacity(limit)
    var writing: Task<Void, any Error>?
    do {
      for try await part in body {
        block.append(contentsOf: part.readableBytesView)
        guard block.count >= limit else { continue }
        try await writing?.value
        writing = write(block, ticket)
        block = []
        block.reserveCapacity(limit)
      }
      try await writing?.value
    } catch {
      // Nothing may be under way when the file is judged; what came can be gone on with.
      _ = try? await writing?.value
      if !(error is ProblemDocument) { try? await write(block, ticket).value }
      throw error
    }
    try await write(block, ticket).value
    try check(ticket)
  }

  private func write(_ block: [UInt8], _ ticket: UploadTicket) -> Task<Void, any Error> {
    let desk = desk
    return Task { try await Offload.run { try desk.write(block, to: ticket) } }
  }

  /// A body that ends because the server stops, or shorter than it was declared, is none.
  private func check(_ ticket: UploadTicket) throws {
    let count = ticket.partial?.count ?? 0
    let expected = ticket.request.length.map { $0 + (ticket.request.offset ?? 0) }
    guard !Task.isCancelled, expected == nil || expected == count else { throw Self.unfinished }
  }

  private static var unfinished: ProblemDocument {
    ProblemDocument(.badRequest, "The body ended before its end.")
  }

  private static func answer(_ shown: ShownJob, _ status: HTTPResponse.Status) -> Response {
    JSONResponse.text(
      UploadJobText.json(of: shown, isWhole: true), status,
      headers: [
        .location: "/v1/audience-uploads/\(shown.job.id)",
        .uploadOffset: "\(shown.job.receivedBytes)",
      ])
  }
}

extension HTTPResponse.Status {
  /// RFC 4918, section 11.5.
  static let insufficientStorage = HTTPResponse.Status(
    code: 507, reasonPhrase: "Insufficient Storage")
}
