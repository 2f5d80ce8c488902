import Foundation
import Hummingbird

/// An error as a client sees it (RFC 9457); thrown by whatever answers a request.
package struct ProblemDocument: Error, Sendable, CustomStringConvertible {
  /// What is wrong with one value of what was sent.
  package struct Fault: Encodable, Sendable, Equatable {
    /// Where it stands, as an RFC 6901 pointer; empty for the whole.
    package var pointer: String
    /// What is wrong, without a full stop.
    package var detail: String
    /// The line from 1, where what was sent has lines.
    package var line: Int?

    package init(pointer: String, detail: String, line: Int? = nil) {
      self.pointer = pointer
      self.detail = detail
      self.line = line
    }
  }

  /// The status of the response.
  let status: HTTPResponse.Status
  /// What went wrong this time, a sentence.
  let detail: String
  /// Every value that is wrong, where there are several.
  var faults: [Fault] = []
  /// Fields of the response's head beside its type.
  var headers: HTTPFields = [:]

  private struct Members: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let errors: [Fault]?
  }

  init(
    _ status: HTTPResponse.Status, _ detail: String, faults: [Fault] = [],
    headers: HTTPFields = [:]
  ) {
    self.status = status
    self.detail = detail
    self.faults = faults
    self.headers = headers
  }

  /// The detail and every fault, on one line.
  package var description: String {
    ([detail] + faults.map { "\($0.pointer): \($0.detail)" }).joined(separator: " ")
  }

  /// The response with the document in it; its type is `about:blank`, the status says it all.
  var response: Response {
    let members = Members(
      type: "about:blank", title: status.reasonPhrase, status: status.code, detail: detail,
      errors: faults.isEmpty ? nil : faults)
    var headers = headers
    headers[.contentType] = "application/problem+json"
    headers[.cacheControl] = "no-store"
    let body = (try? JSONResponse.encoder.encode(members)) ?? Data("{}".utf8)
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }

  /// What is asked for does not exist, or not for this key: the two cannot be told apart.
  static func notFound(_ what: String) -> ProblemDocument {
    ProblemDocument(.notFound, "There is no \(what.prefix(200)).")
  }
}
