import Foundation
import Hummingbird

/// Finds the route of a path and method.
struct RouteTable: Sendable {
  /// What there is at a path.
  enum Match: Sendable {
    case route(ControlRoute, parameters: [String: String])
    /// The path exists, the method does not.
    case otherMethods(String)
    case none
  }

  let routes: [ControlRoute]
  private let parts: [[Substring]]

  init(_ routes: [ControlRoute]) {
    self.routes = routes
    parts = routes.map { Self.parts(of: $0.path) }
  }

  /// - Complexity: O(routes).
  func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
    let wanted = Self.parts(of: path)
    let method = method == .head ? .get : method
    var others: [String] = []
    for (index, route) in routes.enumerated() {
      guard let parameters = Self.parameters(parts[index], wanted) else { continue }
      if route.method == method { return .route(route, parameters: parameters) }
      others.append(route.method.rawValue)
      if route.method == .get { others.append("HEAD") }
    }
    return others.isEmpty ? .none : .otherMethods(others.joined(separator: ", "))
  }

  private static func parts(of path: String) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: false)
  }

  /// The values of the parts in braces; nil where the path is another.
  private static func parameters(
    _ pattern: [Substring], _ wanted: [Substring]
  ) -> [String: String]? {
    guard pattern.count == wanted.count else { return nil }
    var parameters: [String: String] = [:]
    for (name, value) in zip(pattern, wanted) {
      if name.hasPrefix("{") {
        guard let text = String(value).removingPercentEncoding, !text.isEmpty else { return nil }
        parameters[String(name.dropFirst().dropLast())] = text
      } else if name != value {
        return nil
      }
    }
    return parameters
  }
}
