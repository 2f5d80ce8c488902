import Foundation
import Hummingbird

/// Answers as JSON, with sorted keys so that equal values are equal bytes.
enum JSONResponse {
  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  /// A value as a response's body.
  static func of(
    _ value: some Encodable, _ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) throws -> Response {
    text(String(decoding: try encoder.encode(value), as: UTF8.self), status, headers: headers)
  }

  /// JSON that is there already.
  static func text(
    _ json: String, _ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    var headers = headers
    headers[.contentType] = "application/json"
    headers[.cacheControl] = headers[.cacheControl] ?? "no-store"
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: json)))
  }
}
