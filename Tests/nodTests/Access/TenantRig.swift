import ControlStore
import Foundation
import Support
import Synchronization
import Testing

@testable import ControlPlane
@testable import nod

/// A real server within the test's process, on which two advertisers have all that one can have,
/// and keys of every kind.
final class TenantRig {
  private let server: Server
  private(set) var keys: [MatrixKey] = []
  private let folder: TemporaryFolder
  private let port: UInt16
  private let controlPort: UInt16
  private let root: String
  private var keyIds: [Tenant: String] = [:]
  private var uploadIds: [Tenant: String] = [:]
  private let clients = Atomic<UInt32>(0)

  /// Of no content.
  static let hash = String(repeating: "0", count: 64)

  /// Why the fixture is not as it should be.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    try folder.write(Self.configuration(folder), to: "nod.yaml")
    let documents = [Tenant.acme, .zorg].map(\.document).joined(separator: ",")
    try folder.write("{\"advertisers\":[\(documents)]}", to: "advertisers.json")
    let input = try ServeInput.load(path: folder.path("nod.yaml"), environment: [:])
    server = try Server(input)
    (port, controlPort) = try Self.ports(server.readyLine)
    root = try String(contentsOfFile: folder.path("control.token"), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    do {
      try makeKeys()
      try takeInAudiences()
      try breakOffUploads()
      try spend()
      try change()
    } catch {
      server.stop()
      throw error
    }
  }

  /// Ends the server.
  func stop() { server.stop() }

  /// Every route of the server by method and pattern.
  var routes: [ControlRoute] { ControlResponder.routes(server.controlParts) }

  /// The ids of a tenant's objects; those of nobody look like the others.
  func ids(of tenant: Tenant) -> MatrixCall.Ids {
    let upload = uploadIds[.zorg] ?? "0"
    return MatrixCall.Ids(
      key: keyIds[tenant] ?? "000000000000",
      upload: uploadIds[tenant]
        ?? String(upload.map { $0.isLetter || $0.isNumber ? "1" : $0 }))
  }

  /// Sends a request from an address of its own, so that no failure of another counts.
  func send(
    _ method: String, _ path: String, _ key: String?, body: String? = nil,
    contentType: String = "application/json"
  ) throws -> TestAnswer {
    try send(
      method, path, fields: key.map { ["Authorization: Bearer \($0)"] } ?? [], body: body,
      contentType: contentType)
  }

  /// Sends a request with the header fields of a key or of a session.
  func send(
    _ method: String, _ path: String, fields who: [String], body: String? = nil,
    contentType: String = "application/json"
  ) throws -> TestAnswer {
    let number = clients.wrappingAdd(1, ordering: .relaxed).newValue
    var fields = ["X-Forwarded-For: 10.\(number >> 16).\(number >> 8 & 255).\(number & 255)"]
    fields += who
    if body != nil { fields.append("Content-Type: \(contentType)") }
    var client = try TestClient(port: controlPort)
    return try client.request(method, path, headers: fields, body: body.map { Array($0.utf8) })
  }

  private static func configuration(_ folder: TemporaryFolder) -> String {
    let sources = [Tenant.acme, .zorg].map { tenant in
      """
          - {name: \(tenant.source), format: adobe-outbound, id_space: nod,
             segment_prefix: "\(tenant.rawValue):", advertiser: \(tenant.advertiser)}
      """
    }
    return """
      data_dir: \(folder.path("data"))
      documents: [\(folder.path("advertisers.json"))]
      bidder: {listen: "127.0.0.1:0", workers: 1, notice_key_file: \(folder.path("notice.key"))}
      control: {listen: "127.0.0.1:0", token_file: \(folder.path("control.token"))}
      audience:
        inbox: \(folder.path("inbox"))
        poll_interval: 20ms
        sources:
          - {name: shared, format: adobe-outbound, id_space: nod, segment_prefix: "shared:"}
      \(sources.joined(separator: "\n"))
      exchanges: [{name: example, deadline: 10s}]
      """
  }

  private static func ports(_ line: String) throws -> (UInt16, UInt16) {
    let ports = line.matches(of: /127\.0\.0\.1:(\d+)/).compactMap { UInt16($0.output.1) }
    guard ports.count == 2 else { throw Failure(description: line) }
    return (ports[0], ports[1])
  }

  private func makeKeys() throws {
    keys = [
      MatrixKey(label: "no key", text: nil, role: nil, sees: []),
      MatrixKey(label: "garbage", text: "nod_0123456789ab_garbage", role: nil, sees: []),
    ]
    let revoked = try makeKey("revoked", .admin, "null")
    _ = try ok(send("DELETE", "/v1/keys/\(revoked.id)", root))
    keys.append(MatrixKey(label: "revoked", text: revoked.text, role: nil, sees: []))
    for (scope, advertisers, sees) in [
      ("all", "null", Set(Tenant.allCases)), ("acme", #"["acme"]"#, [.acme]),
      ("zorg", #"["zorg"]"#, [.zorg]),
    ] {
      for role in Role.allCases {
        let key = try makeKey("\(scope) \(role.rawValue)", role, advertisers)
        keys.append(
          MatrixKey(label: "\(role.rawValue) of \(scope)", text: key.text, role: role, sees: sees))
        if let tenant = Tenant(rawValue: scope) { keyIds[tenant] = key.id }
      }
    }
    let both = try makeKey("both admin", .admin, #"["acme","zorg"]"#)
    keys.append(
      MatrixKey(
        label: "admin of acme and zorg", text: both.text, role: .admin, sees: [.acme, .zorg]))
    let admin = try key(.admin, of: .acme)
    keys.append(
      MatrixKey(
        label: "session of acme's admin", text: admin, session: try openSession(admin),
        role: .admin, sees: [.acme]))
  }

  /// Signs in and gives the fields that the console sends from then on.
  private func openSession(_ key: String) throws -> [String] {
    let answer = try ok(send("POST", "/v1/session", nil, body: "{\"key\":\"\(key)\"}"))
    guard let cookie = answer.header("Set-Cookie")?.split(separator: ";").first,
      let token = try object(answer)["csrf_token"] as? String
    else { throw Failure(description: "no session: \(answer.text)") }
    return ["Cookie: \(cookie)", "X-CSRF-Token: \(token)"]
  }

  private func makeKey(
    _ name: String, _ role: Role, _ advertisers: String
  ) throws -> (id: String, text: String) {
    let body = #"{"name":"\#(name)","role":"\#(role.rawValue)","advertisers":\#(advertisers)}"#
    let key = try object(send("POST", "/v1/keys", root, body: body))
    guard let id = key["id"] as? String, let text = key["key"] as? String else {
      throw Failure(description: "no key: \(key)")
    }
    return (id, text)
  }

  private func key(_ role: Role, of tenant: Tenant) throws -> String {
    let label = "\(role.rawValue) of \(tenant.rawValue)"
    guard let text = keys.first(where: { $0.label == label })?.text else {
      throw Failure(description: "no key: \(label)")
    }
    return text
  }

  /// Uploads a file of each tenant with the tenant's own key, and waits until its users count.
  private func takeInAudiences() throws {
    for tenant in [Tenant.acme, .zorg] {
      let path = "/v1/audience-uploads?source=\(tenant.source)&file=\(tenant.file(1))"
      let job = try object(
        send(
          "POST", path, key(.trader, of: tenant), body: tenant.fileText,
          contentType: "application/octet-stream"))
      guard let id = job["id"] as? String else { throw Failure(description: "no job: \(job)") }
      uploadIds[tenant] = id
      _ = try wait(for: #""state":"done""#) {
        try ok(send("GET", "/v1/audience-uploads/\(id)", root))
      }
      _ = try wait(for: #""users":1"#) {
        try ok(send("GET", "/v1/segments?source=\(tenant.source)", root))
      }
    }
  }

  /// Leaves ten bytes of a longer file of each tenant, with which an upload could go on.
  private func breakOffUploads() throws {
    for tenant in [Tenant.acme, .zorg] {
      let trader = try key(.trader, of: tenant)
      let query = "source=\(tenant.source)&file=\(tenant.file(2))&sha256=\(Self.hash)"
      try cutShort("POST /v1/audience-uploads?\(query)", key: trader, "user-1 24\n")
      _ = try wait(for: #""offset":10"#) {
        try ok(send("GET", "/v1/audience-uploads/offset?\(query)", trader))
      }
    }
  }

  private func cutShort(_ line: String, key: String, _ text: String) throws {
    let head = [
      "\(line) HTTP/1.1", "Host: localhost", "Authorization: Bearer \(key)",
      "Content-Type: application/octet-stream", "Content-Length: 1000",
    ]
    let client = try TestClient(port: controlPort)
    try client.send(Array((head.joined(separator: "\r\n") + "\r\n\r\n" + text).utf8))
  }

  /// Lets each tenant win an impression and pay for it, and waits until that is counted.
  private func spend() throws {
    for tenant in [Tenant.acme, .zorg] {
      let bid = try wait(for: "\"burl\"") {
        var client = try TestClient(port: port)
        return try client.request(
          "POST", "/openrtb2/example", headers: ["Content-Type: application/json"],
          body: Array(tenant.request.utf8))
      }
      guard let burl = bid.text.firstMatch(of: /"burl":"http:\/\/[^\/]+(\/[^"]+)"/) else {
        throw Failure(description: "no notice: \(bid.text)")
      }
      let price = "\(Double(tenant.spendMicros) / 1000)"
      let path = String(burl.output.1).replacing("${AUCTION_PRICE}", with: price)
      var client = try TestClient(port: port)
      guard try client.request("GET", path).status == 204 else {
        throw Failure(description: "not booked: \(path)")
      }
      let advertiser = "/v1/advertisers/\(tenant.advertiser)"
      let spent = #""spent_micros":\#(tenant.spendMicros)"#
      for (path, text) in [
        (
          "/v1/reports/delivery?advertiser=\(tenant.advertiser)",
          #""spend_micros":\#(tenant.spendMicros)"#
        ),
        ("\(advertiser)/campaigns/\(tenant.campaign)/pacing", spent),
        ("\(advertiser)/line-items/\(tenant.lineItem)/funnel", "It bid on"),
      ] {
        _ = try wait(for: text) { try ok(send("GET", path, root)) }
      }
    }
  }

  /// Gives every object a second version, by the tenant's own administrator.
  private func change() throws {
    for tenant in [Tenant.acme, .zorg] {
      let key = try key(.admin, of: tenant)
      let one = "/v1/advertisers/\(tenant.advertiser)"
      for (path, patch) in [
        (one, #"{"name":"\#(tenant.rawValue) changed"}"#),
        ("\(one)/campaigns/\(tenant.campaign)", #"{"timezone":"Europe/Paris"}"#),
        ("\(one)/line-items/\(tenant.lineItem)", #"{"bid":{"amount_micros":2600000}}"#),
      ] {
        _ = try ok(
          send("PATCH", path, key, body: patch, contentType: "application/merge-patch+json"))
      }
    }
  }

  private func ok(_ answer: TestAnswer) throws -> TestAnswer {
    guard (200..<300).contains(answer.status) else {
      throw Failure(description: "\(answer.status): \(answer.text)")
    }
    return answer
  }

  private func object(_ answer: TestAnswer) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(try ok(answer).body))
    return value as? [String: Any] ?? [:]
  }

  /// Asks until an answer has a text.
  private func wait(for text: String, in ask: () throws -> TestAnswer) throws -> TestAnswer {
    let end = ContinuousClock.now + .seconds(2 * Patience.seconds)
    while true {
      let answer = try ask()
      if answer.text.contains(text) { return answer }
      guard ContinuousClock.now < end else {
        throw Failure(
          description: "waited long for \(text), last \(answer.status): \(answer.text)")
      }
      Foundation.Thread.sleep(forTimeInterval: 0.02)
    }
  }
}
