import AudienceIngest
import Foundation
import HTTPTypes
import Hummingbird

extension UploadRequest {
  /// Reads query and fields.
  ///
  /// - Throws: a ``ProblemDocument``: 400 for what is missing or no value, 404 and 403 for a source
  ///   that the key may not use, 415 for an encoding that is not kept, 422 for a name that the
  ///   inbox would reject.
  init(_ request: ControlRequest, _ port: AudiencePort) throws {
    guard let name = request.query("source") else {
      throw ProblemDocument(.badRequest, "`source` is missing from the query.")
    }
    guard let file = request.query("file") else {
      throw ProblemDocument(.badRequest, "`file` is missing from the query.")
    }
    source = try SourceAccess(port: port, principal: request.principal).writableSource(name)
    if let problem = UploadFileName.problem(of: file, format: source.format) {
      throw ProblemDocument(.unprocessableContent, "The file would be rejected: \(problem).")
    }
    self.file = file
    keyID = request.principal.keyID
    keyName = request.principal.name
    requestID = request.id
    sha256 = try request.query("sha256").map(Self.hash)
    offset = try Self.number(.uploadOffset, request)
    length = try Self.number(.contentLength, request)
    if offset != nil, sha256 == nil {
      throw ProblemDocument(.badRequest, "`Upload-Offset` needs `sha256` in the query.")
    }
    let encoding = request.request.headers[.contentEncoding]?.lowercased() ?? "identity"
    guard ["identity", "gzip"].contains(encoding) else {
      throw ProblemDocument(
        .unsupportedMediaType, "A file is taken as it is or with `Content-Encoding: gzip`.")
    }
  }

  private static func hash(_ text: String) throws -> String {
    let lowercased = text.lowercased()
    guard lowercased.utf8.count == 64, lowercased.allSatisfy({ $0.isHexDigit && $0.isASCII }) else {
      throw ProblemDocument(.badRequest, "`sha256` must have 64 hexadecimal digits.")
    }
    return lowercased
  }

  private static func number(_ name: HTTPField.Name, _ request: ControlRequest) throws -> Int? {
    guard let text = request.request.headers[name] else { return nil }
    guard let number = Int(text), number >= 0, number <= Int.max / 4 else {
      throw ProblemDocument(.badRequest, "`\(name)` must be a number of bytes.")
    }
    return number
  }
}
