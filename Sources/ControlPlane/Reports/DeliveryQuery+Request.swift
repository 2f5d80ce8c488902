import AuctionTypes
import Hummingbird
import Reporting

extension DeliveryQuery {
  /// Reads the query of a request; the key's scope bounds the rows.
  ///
  /// - Throws: a ``ProblemDocument`` with status 400 that names the parameter.
  init(_ request: ControlRequest) throws {
    self.init(scope: request.principal.scope)
    groupBy = try Self.dimensions(request.query("group_by"))
    from = try Self.day("from", request)
    to = try Self.day("to", request)
    if let from, let to, to <= from {
      throw ProblemDocument(
        .badRequest, "`to` must be later than `from`: its day is not part of the report.")
    }
    advertiser = request.query("advertiser")
    campaign = request.query("campaign")
    lineItem = request.query("line_item")
    creative = request.query("creative")
    exchange = request.query("exchange")
    size = try request.query("size").map(Self.size)
  }

  private static func dimensions(_ text: String?) throws -> [DeliveryDimension] {
    guard let text, !text.isEmpty else { return [] }
    var dimensions: [DeliveryDimension] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let dimension = DeliveryDimension(rawValue: String(name)) else {
        let known = DeliveryDimension.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        throw ProblemDocument(
          .badRequest, "`group_by` has `\(name.prefix(40))`; there are \(known).")
      }
      guard !dimensions.contains(dimension) else {
        throw ProblemDocument(.badRequest, "`group_by` has `\(name)` twice.")
      }
      dimensions.append(dimension)
    }
    return dimensions
  }

  private static func day(_ name: String, _ request: ControlRequest) throws -> LocalDay? {
    guard let text = request.query(name) else { return nil }
    guard let day = LocalDay(text) else {
      throw ProblemDocument(.badRequest, "`\(name)` must be a day such as `2026-11-23`.")
    }
    return day
  }

  private static func size(_ text: String) throws -> Size {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { UInt16($0) }
    guard sides.count == 2, let width = sides[0], let height = sides[1] else {
      throw ProblemDocument(.badRequest, "`size` must be a size such as `300x250`.")
    }
    return Size(width: width, height: height)
  }
}
