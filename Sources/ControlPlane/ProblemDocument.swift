import Foundation
import Hummingbird

/// An error as a client sees it (RFC 9457).
struct ProblemDocument: Sendable {
  /// The status of the response.
  let status: HTTPResponse.Status
  /// What went wrong this time, a sentence.
  let detail: String

  private struct Members: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
  }

  /// The response with the document in it; its type is `about:blank`, the status says it all.
  var response: Response {
    let members = Members(
      type: "about:blank", title: status.reasonPhrase, status: status.code, detail: detail)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = (try? encoder.encode(members)) ?? Data("{}".utf8)
    return Response(
      status: status, headers: [.contentType: "application/problem+json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }
}
