import Foundation

/// The part of a list that is asked for: `page_size` and `page_token`.
struct PageRequest: Sendable {
  /// Items of the answer at most.
  let size: Int
  /// The key of the last item before it; nil for the first page.
  let after: String?

  /// Reads the query.
  ///
  /// - Throws: a ``ProblemDocument`` with status 400 for a size out of range or a token that no
  ///   answer gave.
  init(_ request: ControlRequest) throws {
    size =
      try request.number("page_size", in: 1...ControlLimits.pageItems)
      ?? ControlLimits.usualPageItems
    after = try request.query("page_token").map { token in
      guard let data = Data(base64Encoded: token),
        let key = String(data: data, encoding: .utf8)
      else { throw Self.unknownToken }
      return key
    }
  }

  /// A token that no answer gave.
  static let unknownToken = ProblemDocument(
    .badRequest, "`page_token` is none that an answer gave.")

  /// The token of the page behind an item.
  static func token(after key: String) -> String { Data(key.utf8).base64EncodedString() }
}

/// A part of a list as it is answered.
struct Page<Item: Encodable & Sendable>: Encodable, Sendable {
  let items: [Item]
  /// Asks for the items behind these; missing behind the last.
  let nextPageToken: String?

  private enum CodingKeys: String, CodingKey {
    case items
    case nextPageToken = "next_page_token"
  }
}
