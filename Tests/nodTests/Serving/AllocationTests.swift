import Foundation
import Support
import Testing

/// The release server under a preloaded counter of allocations; `make test` builds both.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct AllocationTests {
  private static let connections = 8
  private static let requestsOfAKind = 10_000
  /// Every fifth bid is billed: 2,000 notices.
  private static let bidsOfANotice = 5

  @Test(.enabled(if: NodProcess.releaseExecutable != nil))
  func answersWithoutAllocatingAlsoWhileSnapshotsArePublished() throws {
    let folder = try ServingSamples.folder()
    let counts = try AllocationCounts(in: folder)
    let server = try ServerProcess(
      in: folder, executable: try #require(NodProcess.releaseExecutable),
      environment: counts.environment)
    try take("u1 24\n", timestamp: 1_700_000_000_000, server)
    let clients = try (0..<Self.connections).map { _ in try Client(port: server.port) }
    try exchange(500, over: clients)
    let before = try counts.ofWorkers()
    try exchange(Self.requestsOfAKind / 2, over: clients)
    try publish(server, folder)
    try exchange(Self.requestsOfAKind / 2, over: clients)
    let after = try counts.ofWorkers()
    #expect(before.count == 2, "\(before)")
    #expect(after == before)
    #expect(try server.stop() == 0)
  }

  @Test func theCounterSeesAllocations() throws {
    let folder = try ServingSamples.folder()
    let counts = try AllocationCounts(in: folder)
    let server = try ServerProcess(in: folder, environment: counts.environment)
    let before = try counts.total()
    _ = try server.metrics()
    #expect(try counts.total() > before)
    #expect(try server.stop() == 0)
  }

  /// Sends so many requests that get a bid and as many that get none, connection by connection, and
  /// bills some of the bids.
  private func exchange(_ count: Int, over clients: [Client]) throws {
    for index in 0..<count {
      let client = clients[index % clients.count]
      let answer = try client.exchange("u1", expecting: 200)
      if index % Self.bidsOfANotice == 0 { try client.bill(answer) }
      try clients[index % clients.count].exchange("stranger", expecting: 204)
    }
  }

  /// A file and a document take effect.
  private func publish(_ server: ServerProcess, _ folder: TemporaryFolder) throws {
    try take("u2 24,25\n", timestamp: 1_700_000_001_000, server)
    try folder.write(ServingSamples.document(amountMicros: 3_000_000), to: "acme.yaml")
    server.send(SIGHUP)
    try server.wait(for: "the reload") { server.errors.contains("reloaded") }
  }

  private func take(_ lines: String, timestamp: Int, _ server: ServerProcess) throws {
    let name = ServingSamples.fileName(timestamp: timestamp)
    try server.drop(lines.utf8, as: name, source: "aam")
    #expect(try server.waitForReport(of: name, source: "aam").status == "done")
  }
}

/// A connection in an array.
private final class Client {
  private var client: TestClient

  init(port: UInt16) throws { client = try TestClient(port: port) }

  /// Sends a user's request and expects a status.
  @discardableResult
  func exchange(_ user: String, expecting status: Int) throws -> TestAnswer {
    let body = ServingSamples.request(buyer: user)
    let answer = try client.request("POST", "/openrtb2/quiet", body: Array(body.utf8))
    #expect(answer.status == status)
    return answer
  }

  /// Bills the bid of an answer.
  func bill(_ answer: TestAnswer) throws {
    let bid = try #require(MadeBid(answer))
    let path = try #require(bid.burl.range(of: "/n/")).lowerBound
    let target = String(bid.burl[path...]).replacing("${AUCTION_PRICE}", with: "1.5")
    #expect(try client.request("GET", target).status == 204)
  }
}

/// What the preloaded counter wrote down.
private struct AllocationCounts {
  /// A name of 16 bytes and a count of eight.
  private static let entryBytes = 24

  private let file: URL
  /// What makes a process count.
  let environment: [String: String]

  init(in folder: TemporaryFolder) throws {
    file = try folder.emptyFile("allocations")
    let library = NodProcess.buildFolder.appendingPathComponent("libAllocationCounter.so")
    environment = ["LD_PRELOAD": library.path, "ALLOCATION_COUNTS": file.path]
  }

  /// Allocations of the workers by thread; one that never allocated is not there.
  func ofWorkers() throws -> [String: UInt64] {
    try entries().filter { $0.key.hasPrefix("nod-worker-") }
  }

  /// Allocations of all threads.
  func total() throws -> UInt64 { try entries().values.reduce(0, +) }

  private func entries() throws -> [String: UInt64] {
    let bytes = Array(try Data(contentsOf: file))
    var counts: [String: UInt64] = [:]
    for start in stride(from: 0, to: bytes.count, by: Self.entryBytes) {
      let name = String(decoding: bytes[start..<(start + 16)].prefix { $0 != 0 }, as: UTF8.self)
      let count = bytes[(start + 16)..<(start + 24)].reversed().reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
      if count > 0 { counts[name, default: 0] += count }
    }
    return counts
  }
}
