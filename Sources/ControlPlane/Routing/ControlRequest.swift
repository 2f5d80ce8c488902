import ControlStore
import Foundation
import Hummingbird

/// A request as the routes see it: judged by its path, method and key.
struct ControlRequest: Sendable {
  /// Method, path, query and fields.
  let request: Request
  /// The parts of the path in braces, percent-decoded.
  let parameters: [String: String]
  /// Who asks; ``Principal/anonymous`` on routes that need no key.
  let principal: Principal
  /// Names the request in the logs, the audit log and the field `x-request-id` of the answer.
  let id: String
  /// The address that it came from.
  let client: String
  /// The room that large answers have.
  let answers: AnswerBudget

  /// A part of the path.
  ///
  /// - Precondition: the route's path has it.
  subscript(_ name: String) -> String {
    guard let value = parameters[name] else { preconditionFailure("\(name) is not in the path") }
    return value
  }

  /// A value of the query, percent-decoded; nil where it is missing.
  func query(_ name: String) -> String? {
    request.uri.queryParameters[Substring(name)].map(String.init)
  }

  /// A number of the query within a range.
  ///
  /// - Throws: a ``ProblemDocument`` with status 400 for anything else.
  func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = query(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw ProblemDocument(
        .badRequest, "`\(name)` must be a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  /// A flag of the query: `true` or `false`, false where it is missing.
  func flag(_ name: String) throws -> Bool {
    switch query(name) {
    case nil, "false": false
    case "true": true
    default: throw ProblemDocument(.badRequest, "`\(name)` must be `true` or `false`.")
    }
  }

  /// The whole body.
  ///
  /// - Parameter admit: asked of the length of each part before it is kept.
  /// - Throws: a ``ProblemDocument`` with status 413 where it is longer, 400 where it breaks off.
  func body(
    atMost bytes: Int, admit: (Int) throws -> Void = { _ in }
  ) async throws -> [UInt8] {
    var body: [UInt8] = []
    do {
      for try await part in request.body {
        guard body.count + part.readableBytes <= bytes else {
          throw ProblemDocument(.contentTooLarge, "The body is longer than \(bytes) bytes.")
        }
        try admit(part.readableBytes)
        body += part.readableBytesView
      }
    } catch let problem as ProblemDocument {
      throw problem
    } catch {
      // The other end went away or broke the framing: nothing that went wrong here.
      throw ProblemDocument(.badRequest, "The body ended before its end.")
    }
    return body
  }

  /// The body as a JSON value of a type.
  ///
  /// - Throws: a ``ProblemDocument`` with status 400 that names the place.
  func json<Value: Decodable>(
    _ type: Value.Type, atMost bytes: Int = ControlLimits.jsonBytes
  ) async throws -> Value {
    try Self.value(of: try await body(atMost: bytes))
  }

  /// The same; nil where the body is empty.
  func jsonOrNothing<Value: Decodable>(_ type: Value.Type) async throws -> Value? {
    let bytes = try await body(atMost: ControlLimits.jsonBytes)
    return bytes.isEmpty ? nil : try Self.value(of: bytes)
  }

  private static func value<Value: Decodable>(of bytes: [UInt8]) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw ProblemDocument(.badRequest, "The body does not fit.", faults: [error.fault])
    }
  }
}

extension DecodingError {
  /// The place and the reason.
  fileprivate var fault: ProblemDocument.Fault {
    switch self {
    case .keyNotFound(let key, let context):
      .init(pointer: Self.pointer(context.codingPath), detail: "missing `\(key.stringValue)`")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      .init(pointer: Self.pointer(context.codingPath), detail: "of another type")
    case .dataCorrupted(let context):
      .init(
        pointer: Self.pointer(context.codingPath),
        detail: context.codingPath.isEmpty ? "not valid JSON" : "not one of the values allowed")
    @unknown default: .init(pointer: "", detail: "not valid")
    }
  }

  private static func pointer(_ path: [any CodingKey]) -> String {
    path.map { "/" + ($0.intValue.map(String.init) ?? $0.stringValue) }.joined()
  }
}
