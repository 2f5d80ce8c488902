import ConsoleFiles
import Testing

@testable import ControlPlane

/// Holds `docs/openapi.yaml` against the routes.
@Suite struct DescriptionTests {
  /// A method of a path, and who may use it.
  private struct Operation: Hashable, CustomStringConvertible {
    var method: String
    var path: String
    var role: String
    var description: String { "\(method) \(path) (\(role))" }
  }

  @Test func describesEveryRouteWithItsRole() throws {
    let undescribed = try Self.served().subtracting(try Self.described())
    #expect(undescribed.map(\.description) == [])
  }

  @Test func describesNoRouteThatThereIsNot() throws {
    let unserved = try Self.described().subtracting(try Self.served())
    #expect(unserved.map(\.description) == [])
  }

  /// The operations of the file, whose layout is one key a line.
  private static func described() throws -> Set<Operation> {
    let file = try #require(ConsoleFile.all.first { $0.path == "/openapi.yaml" })
    var operations: Set<Operation> = []
    var path = ""
    var method = ""
    for line in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("  /"), line.hasSuffix(":") {
        path = String(line.dropFirst(2).dropLast())
      } else if line.hasPrefix("    "),
        ["get", "put", "post", "patch", "delete"].contains(
          line.dropFirst(4).dropLast()), line.hasSuffix(":")
      {
        method = line.dropFirst(4).dropLast().uppercased()
      } else if line.hasPrefix("      x-role: ") {
        operations.insert(Operation(method: method, path: path, role: String(line.dropFirst(14))))
      }
    }
    return operations
  }

  private static func served() throws -> Set<Operation> {
    Set(
      ControlResponder.routes(try ControlRig().parts).map { route in
        let role = if case .role(let role) = route.access { role.rawValue } else { "open" }
        let isFile = route.path.hasPrefix("/console/")
        return Operation(
          method: route.method.rawValue, path: isFile ? "/console/{file}" : route.path, role: role)
      })
  }
}
