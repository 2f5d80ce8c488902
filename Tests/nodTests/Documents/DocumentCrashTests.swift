import Foundation
import LinuxIO
import Support
import Synchronization
import Testing

/// A server that is killed while its documents change.
@Suite(.timeLimit(.minutes(10))) struct DocumentCrashTests {
  private static let rounds = 4
  private static let writers = 4

  /// What a writer sent and what was answered, of its own campaign.
  private struct Journal {
    /// The daily budget that was answered last; every write raises it by one.
    var answered = 0
    var sent = 0
  }

  @Test func keepsEveryWriteThatWasAnswered() async throws {
    try await onOwnThread {
      let folder = try TemporaryFolder()
      try folder.write(
        MoneySamples.configuration().replacingOccurrences(of: "[acme.yaml]", with: "[]"),
        to: "nod.yaml")
      let journals = (0..<Self.writers).map { _ in Mutexed(Journal()) }
      let first = try ServerProcess(in: folder)
      #expect(try first.control("POST", "/v1/apply", Self.document).status == 200)
      try first.kill()
      for _ in 0..<Self.rounds {
        let server = try ServerProcess(in: folder)
        try Self.check(server, journals)
        try Self.storm(server, journals)
      }
      let last = try ServerProcess(in: folder)
      try Self.check(last, journals)
      #expect(try last.stop() == 0)
      let verified = try NodProcess.run(["audit", "verify", "data"], in: folder)
      #expect(verified.status == 0, "\(verified.errors)")
      #expect(journals.allSatisfy { $0.value.answered > 0 })
    }
  }

  /// Changes campaigns from all sides until the server was killed among it.
  private static func storm(_ server: ServerProcess, _ journals: [Mutexed<Journal>]) throws {
    let start = journals.reduce(0) { $0 + $1.value.answered }
    let authorization = try server.authorization()
    let port = server.controlPort
    let threads = try journals.indices.map { index in
      try LinuxIO.Thread(name: "writer") {
        try? Self.write(port, authorization, index, journals[index])
      }
    }
    try server.wait(for: "some writes") {
      journals.reduce(0) { $0 + $1.value.answered } >= start + 40
    }
    try server.kill()
    for thread in threads { thread.join() }
  }

  private static func write(
    _ port: UInt16, _ authorization: String, _ index: Int, _ journal: Mutexed<Journal>
  ) throws {
    var client = try TestClient(port: port)
    while true {
      let next = journal.change { journal in
        journal.sent += 1
        return journal.sent
      }
      let answer = try client.request(
        "PUT", "/v1/advertisers/acme/campaigns/k\(index)", headers: [authorization],
        body: Array(#"{"budget":{"daily_micros":\#(next)}}"#.utf8))
      guard answer.status == 200 else { return }
      journal.change { $0.answered = next }
    }
  }

  /// What is there is what was answered last, or what was sent after it.
  private static func check(_ server: ServerProcess, _ journals: [Mutexed<Journal>]) throws {
    for (index, journal) in journals.enumerated() {
      let campaign = try server.control("GET", "/v1/advertisers/acme/campaigns/k\(index)")
      let budget = (campaign.json["budget"] as? [String: Int])?["daily_micros"] ?? -1
      let (answered, sent) = (journal.value.answered, journal.value.sent)
      #expect((answered...max(answered, sent)).contains(budget))
      journal.change { $0.answered = budget }
      let history = try server.control(
        "GET", "/v1/advertisers/acme/campaigns/k\(index)/history?page_size=1")
      let after = history.list("items").first?["after"] as? [String: Any]
      #expect((after?["budget"] as? [String: Int])?["daily_micros"] == budget)
    }
  }

  /// An advertiser with a campaign for each writer.
  private static var document: String {
    let campaigns = (0..<writers).map { "{id: k\($0), budget: {daily_micros: 0}}" }
    return "advertisers: [{id: acme, domain: acme.example, campaigns: "
      + "[\(campaigns.joined(separator: ", "))]}]"
  }
}

/// A value that threads share.
private final class Mutexed<Value: Sendable>: Sendable {
  private let state: Mutex<Value>

  init(_ value: Value) { state = Mutex(value) }

  var value: Value { state.withLock { $0 } }

  func change<Result>(_ body: (inout Value) -> Result) -> Result {
    state.withLock { body(&$0) }
  }
}
