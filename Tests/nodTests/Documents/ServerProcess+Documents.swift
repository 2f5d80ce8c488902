import Foundation
import Support

extension ServerProcess {
  /// Sends a request to the control plane with the administrator's key, on a connection of its own.
  func control(
    _ method: String, _ path: String, _ body: String? = nil, _ fields: [String] = []
  ) throws -> TestAnswer {
    var client = try TestClient(port: controlPort)
    return try client.request(
      method, path, headers: [try authorization()] + fields, body: body.map { Array($0.utf8) })
  }

  /// The field that carries the administrator's key.
  func authorization() throws -> String {
    let token = try String(
      contentsOf: folder.url.appendingPathComponent("control.token"), encoding: .utf8)
    return "Authorization: Bearer \(token.filter { !$0.isWhitespace })"
  }

  /// Starts a reload and waits until the server has said that it is done.
  func reload() throws {
    let before = errors.components(separatedBy: "reloaded").count
    send(SIGHUP)
    try wait(for: "a reload") { errors.components(separatedBy: "reloaded").count > before }
  }
}

extension TestAnswer {
  /// The body as a JSON map.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
  }

  /// The maps of a list in the body.
  func list(_ key: String) -> [[String: Any]] { json[key] as? [[String: Any]] ?? [] }
}
