import Foundation
import Support

extension ServerProcess {
  /// The report of an audience file.
  struct Report: Decodable {
    struct Lines: Decodable {
      let received: Int
      let stored: Int
    }

    let status: String
    let reason: String?
    let lines: Lines
    let generation: UInt64
  }

  /// Sends a body to an exchange on a connection of its own.
  func post(_ body: String, to exchange: String = "example") throws -> TestAnswer {
    var client = try TestClient(port: port)
    return try client.request(
      "POST", "/openrtb2/\(exchange)", headers: ["Content-Type: application/json"],
      body: Array(body.utf8))
  }

  /// The status of a path of the data plane.
  func status(of path: String) throws -> Int {
    var client = try TestClient(port: port)
    return try client.request("GET", path).status
  }

  /// Every series of `/metrics`.
  func metrics() throws -> [String: Double] {
    var client = try TestClient(port: controlPort)
    let text = try client.request("GET", "/metrics").text
    var values: [String: Double] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let space = line.lastIndex(of: " ") else { continue }
      values[String(line[..<space])] = Double(line[line.index(after: space)...])
    }
    return values
  }

  /// Renames a file into the inbox of a source.
  func drop(_ bytes: some Sequence<UInt8>, as name: String, source: String) throws {
    let staged = folder.url.appendingPathComponent("staged-\(name)")
    try Data(bytes).write(to: staged)
    let inbox = folder.url.appendingPathComponent("inbox/\(source)")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    try FileManager.default.moveItem(at: staged, to: inbox.appendingPathComponent(name))
  }

  /// Waits for the report of a file.
  func waitForReport(of name: String, source: String, seconds: Double = Patience.seconds) throws
    -> Report
  {
    var found: Report?
    try wait(seconds: seconds, for: "the report of \(name)") {
      found = report(of: name, source: source)
      return found != nil
    }
    guard let found else { throw Failure(description: "no report of \(name)") }
    return found
  }

  /// The report of a file, if it is there.
  func report(of name: String, source: String) -> Report? {
    for outcome in ["done", "rejected"] {
      let file = folder.url.appendingPathComponent(
        "inbox/\(source)/\(outcome)/\(name).report.json")
      if let data = try? Data(contentsOf: file) {
        return try? JSONDecoder().decode(Report.self, from: data)
      }
    }
    return nil
  }
}
