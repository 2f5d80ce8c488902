import AuctionTypes
import BudgetLedger
import Foundation
import Journal
import LinuxIO
import Testing

@testable import BidServer
@testable import Telemetry

/// From a bid over its notices to the journal, and back after a restart.
@Suite(.serialized, .timeLimit(.minutes(10))) struct MoneyTests {
  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nod-money-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path + "/ledger")
  }

  private static func get(_ target: String) -> String { Request.head("GET \(target)") }

  @Test func booksWhatIsPaidOnceAndForEver() throws {
    try Self.withFolder { folder in
      let server = try MoneyServer(folder: folder, boot: 11)
      let client = try server.connect()
      let bid = try server.bid(over: client)
      let lost = try server.bid(over: client)
      let billing = Self.get(try MoneyServer.target("burl", in: bid, price: "1.234567"))
      let win = Self.get(try MoneyServer.target("nurl", in: bid, price: "1.234567"))
      let loss = Self.get(try MoneyServer.target("lurl", in: lost, price: "1"))
      for request in [win, billing, loss, billing] {
        #expect(try client.exchange(request).status == 204)
      }
      #expect(server.settled(MoneyServer.campaign) == 1_234_567)
      #expect(server.settled(MoneyServer.lineItem) == 1_234_567)
      let notices = server.server.notices { server.figures.count(kind: $0, result: $1) }
      let counts = notices.filter { $0.count > 0 }.map { "\($0.kind) \($0.result)" }
      #expect(
        counts == ["win extended", "billing booked", "billing duplicate", "loss released"])
      server.stop()
      let reading = try LedgerThread.read(folder)
      #expect(reading.problems.isEmpty)
      for path in [MoneyServer.campaign, MoneyServer.lineItem] {
        let account = try #require(reading.accounts.first { $0.path == path })
        #expect(account.settled == Money(nanos: 1_234_567) && account.notices == 1)
        #expect(account.late == .zero && account.reserved == .zero && account.escrow == .zero)
      }

      let again = try MoneyServer(folder: folder, boot: 12)
      #expect(again.settled(MoneyServer.campaign) == 1_234_567)
      let other = try again.connect()
      #expect(try other.exchange(billing).status == 204)
      #expect(again.settled(MoneyServer.campaign) == 1_234_567)
      again.stop()
    }
  }

  @Test func answersAThousandBookingsSoon() throws {
    try Self.withFolder { folder in
      let server = try MoneyServer(folder: folder, boot: 21)
      let clients = try (0..<20).map { _ in try server.connect() }
      var targets: [String] = []
      for index in 0..<1_100 {
        let bid = try server.bid(over: clients[index % clients.count])
        targets.append(try MoneyServer.target("burl", in: bid, price: "1"))
      }
      let single = try Self.times(of: targets[..<100], over: [clients[0]])
      Self.report("one after the other", single)
      let times = try Self.times(of: targets[100...], over: clients)
      Self.report("20 connections at once", times)
      #expect(server.settled(MoneyServer.lineItem) == 1_100_000_000)
      #expect(times[times.count / 2] < 1_000_000_000)
      server.stop()
    }
  }

  /// Nanoseconds of each booking, sorted; every connection has one at a time.
  private static func times(
    of targets: ArraySlice<String>, over clients: [TestClient]
  ) throws -> [UInt64] {
    var times: [UInt64] = []
    var rest = targets
    while !rest.isEmpty {
      let batch = rest.prefix(clients.count)
      rest = rest.dropFirst(batch.count)
      let start = Clock.monotonicNanoseconds()
      for (client, target) in zip(clients, batch) { try client.send(get(target)) }
      for client in clients.prefix(batch.count) {
        #expect(try client.receive().status == 204)
        times.append(Clock.monotonicNanoseconds() - start)
      }
    }
    return times.sorted()
  }

  private static func report(_ name: String, _ times: [UInt64]) {
    let half = Double(times[times.count / 2]) / 1e6
    let most = Double(times[times.count * 99 / 100]) / 1e6
    print("bookings, \(name): p50 \(half) ms, p99 \(most) ms of \(times.count)")
  }
}
