import Foundation
import Support
import Testing

@testable import ControlPlane

/// What bodies of documents may be and what they hold while they come.
@Suite struct BodyTests {
  private static let path = "/v1/advertisers/acme/campaigns/spring"

  @Test func takesNoMoreBodiesThanThereIsRoomFor() throws {
    let budget = BodyBudget(bytes: 10, ofOwner: 6)
    try budget.take(6, for: "a")
    #expect(throws: ProblemDocument.self) { try budget.take(1, for: "a") }
    try budget.take(4, for: "b")
    #expect(throws: ProblemDocument.self) { try budget.take(1, for: "b") }
    budget.give(1, by: "a")
    try budget.take(1, for: "b")
    budget.give(5, by: "a")
    budget.give(5, by: "b")
    try budget.take(6, for: "c")
    try budget.take(4, for: "a")
  }

  /// A client that says that it sends a large document and sends a byte of it.
  private final class Slow {
    private let client: TestClient

    init(port: UInt16) throws {
      client = try TestClient(port: port)
      let head =
        "POST /v1/apply HTTP/1.1\r\nHost: a\r\n\(TestClient.authorization)\r\n"
        + "Content-Length: \(32 << 20)\r\n\r\na"
      try client.send(Array(head.utf8))
    }
  }

  @Test func clientsThatSendSlowlyHoldNoOtherUp() async throws {
    try await ControlRig().serve { port in
      let slow = try (0..<8).map { _ in try Slow(port: port) }
      var client = try DocumentClient(port: port)
      for _ in 0..<20 { #expect(try client.apply(DocumentSamples.advertiser()).status == 200) }
      withExtendedLifetime(slow) {}
    }
  }

  @Test func aClientThatHangsUpIsNoFaultOfTheServer() async throws {
    let rig = try ControlRig()
    try await rig.serve { port in
      let before = rig.parts.traffic.classes.reduce(0) { $0 + $1.count }
      do { _ = try Slow(port: port) }
      let end = Date.now.addingTimeInterval(Patience.seconds)
      while Date.now < end {
        if rig.parts.traffic.classes.reduce(0, { $0 + $1.count }) > before { break }
        Foundation.Thread.sleep(forTimeInterval: 0.005)
      }
      let counts = Dictionary(uniqueKeysWithValues: rig.parts.traffic.classes.map { ($0, $1) })
      #expect(counts["4xx"] == 1 && counts["5xx"] == 0)
    }
  }

  /// Objects are JSON, whatever a client that was told nothing says of them.
  @Test(arguments: [
    ("", 200), ("application/json", 200), ("application/merge-patch+json; charset=utf-8", 200),
    ("text/plain", 200), ("application/x-www-form-urlencoded", 200),
    ("application/yaml", 415), ("text/x-yaml; charset=utf-8", 415), ("image/png", 415),
  ])
  func judgesTheTypeOfAnObject(_ type: String, _ status: Int) async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      #expect(try client.apply(DocumentSamples.advertiser()).status == 200)
      let fields = type.isEmpty ? [] : ["Content-Type: \(type)"]
      let patch = try client.send("PATCH", Self.path, #"{"status":"paused"}"#, fields)
      #expect(patch.status == status, "\(patch.text)")
      let whole = #"{"budget":{"daily_micros":7}}"#
      #expect(try client.send("PUT", Self.path, whole, fields).status == status)
    }
  }
}
