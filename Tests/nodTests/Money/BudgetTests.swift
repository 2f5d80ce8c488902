import Foundation
import Support
import Testing

@Suite struct BudgetTests {
  /// What a bid of the samples costs, in micros.
  private static let bidMicros = 2_500

  /// Bids and pays until nothing more is bid for a while; returns what was charged.
  private static func spendAll(_ server: ServerProcess) throws -> Int {
    var charged = 0
    var refusedSince = Date.now
    while Date.now.timeIntervalSince(refusedSince) < (Patience.isAlone ? 1 : 5) {
      guard let bid = try server.bid() else {
        Foundation.Thread.sleep(forTimeInterval: 0.01)
        continue
      }
      #expect(try server.call(bid.burl).status == 204)
      charged += bidMicros
      refusedSince = Date.now
    }
    return charged
  }

  @Test(arguments: [
    ("{total_micros: 101000}", "pacing: asap"),
    ("{daily_micros: 100000}", "pacing: asap"),
    ("{total_micros: 1000000000}", "pacing: asap, budget: {total_micros: 102499}"),
    ("{total_micros: 1000000000}", "pacing: asap, budget: {daily_micros: 100000}"),
  ])
  func spendsABudgetToTheLastBid(_ budget: String, _ lineItem: String) async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder(budget: budget, lineItem: lineItem)
      let server = try ServerProcess(in: folder)
      #expect(try Self.spendAll(server) == 100_000)
      #expect(try server.spendMicros() == 100_000)
      #expect(try server.refusal() == "budget")
      #expect(try server.metrics()["nod_budget_reserved_micros"] == 0)
      #expect(try server.stop() == 0)
      #expect(try NodProcess.run(["ledger", "verify", "data"], in: folder).status == 0)
    }
  }

  @Test func givesBackWhatIsLostOrPaidBelowTheBid() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: MoneySamples.folder(budget: "{total_micros: 2500}"))
      let lost = try server.waitForBid()
      #expect(try server.refusal() == "budget")
      #expect(try server.call(lost.lurl).status == 204)
      let free = try server.waitForBid(seconds: Patience.promised(seconds: 2))
      #expect(try server.call(free.burl, price: "0").status == 204)
      let last = try server.waitForBid(seconds: Patience.promised(seconds: 2))
      #expect(try server.call(last.burl).status == 204)
      #expect(try server.spendMicros() == 2_500)
      #expect(try server.refusal() == "budget")
      #expect(try server.stop() == 0)
    }
  }

  @Test func booksLateWhatComesAfterTheWindow() async throws {
    try await onOwnThread {
      let server = try ServerProcess(
        in: MoneySamples.folder(budget: "{total_micros: 2500}", window: "1s"))
      let late = try server.waitForBid()
      let next = try server.waitForBid()
      #expect(try server.call(late.burl).status == 204)
      #expect(try server.call(next.burl).status == 204)
      #expect(try server.notices("billing", "late") == 1)
      #expect(try server.spendMicros() == 5_000)
      #expect(try server.stop() == 0)
    }
  }

  @Test func obeysAReloadAtOnce() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      let server = try ServerProcess(in: folder)
      let bid = try server.waitForBid()
      #expect(try server.call(bid.burl).status == 204)
      func put(_ budget: String, status: String = "active") throws {
        try folder.write(
          MoneySamples.document(budget: budget, status: status), to: "acme.yaml")
      }
      try put("{total_micros: 2499}")
      try server.reload(1)
      for _ in 0..<20 { #expect(try server.refusal() == "budget") }
      try put("{total_micros: 1000000000}")
      try server.reload(2)
      let open = try server.waitForBid(seconds: Patience.promised(seconds: 2))
      try put("{total_micros: 1000000000}", status: "paused")
      try server.reload(3)
      for _ in 0..<20 { #expect(try server.refusal() == "inactive") }
      #expect(try server.call(open.burl).status == 204)
      #expect(try server.notices("billing", "late") == 0)
      #expect(try server.spendMicros() == 5_000)
      #expect(try server.stop() == 0)
    }
  }

  @Test func keepsSpendAndHoldsBidsOverACrash() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder(budget: "{total_micros: 7500}", window: "20s")
      let first = try ServerProcess(in: folder)
      let paid = try first.waitForBid()
      let open = try first.waitForBid()
      let lost = try first.waitForBid()
      #expect(try first.call(paid.burl).status == 204)
      try first.kill()

      let second = try ServerProcess(in: folder)
      #expect(try second.spendMicros() == 2_500)
      #expect(try second.refusal() == "budget")
      #expect(try second.call(open.burl).status == 204)
      #expect(try second.call(paid.burl).status == 204)
      #expect(try second.notices("billing", "booked") == 1)
      #expect(try second.notices("billing", "duplicate") == 1)
      #expect(try second.notices("billing", "late") == 0)
      let last = try second.waitForBid()
      #expect(try second.call(last.burl).status == 204)
      #expect(try second.refusal() == "budget")
      #expect(try second.spendMicros() == 7_500)
      #expect(try second.call(lost.burl).status == 204)
      #expect(try second.notices("billing", "late") == 1)
      #expect(try second.spendMicros() == 10_000)
      #expect(try second.stop() == 0)
      #expect(try NodProcess.run(["ledger", "verify", "data"], in: folder).status == 0)
    }
  }

  @Test func capsWhatAUserSees() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder(
        lineItem: "pacing: asap, frequency_caps: [{impressions: 2, per: 1h}]")
      let server = try ServerProcess(in: folder)
      let first = try server.waitForBid(user: "a")
      _ = try server.waitForBid(user: "a")
      #expect(try server.refusal(user: "a") == "frequency_cap")
      #expect(try server.refusal(user: "b") == nil)
      #expect(try server.call(first.lurl).status == 204)
      let again = try server.waitForBid(seconds: Patience.promised(seconds: 2), user: "a")
      #expect(try server.call(again.burl).status == 204)
      #expect(try server.refusal(user: "a") == "frequency_cap")
      #expect(try server.stop() == 0)
      let second = try ServerProcess(in: folder)
      #expect(try second.refusal(user: "a") == "frequency_cap")
      #expect(try second.stop() == 0)
    }
  }

  @Test func stopsWhenTheJournalCannotBeWritten() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      // The control database is larger than what the journal may take.
      #expect(try ServerProcess(in: folder).stop() == 0)
      let script = try folder.write(
        """
        #!/bin/sh
        trap '' XFSZ
        ulimit -f 64
        exec "\(NodProcess.executable.path)" "$@"
        """, to: "limited")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
      let server = try ServerProcess(in: folder, executable: URL(fileURLWithPath: script))
      var booked = 0
      var bids = [try server.waitForBid()]
      for _ in 0..<200 { if let bid = try server.bid() { bids.append(bid) } }
      for bid in bids {
        guard try server.call(bid.burl).status == 204 else { break }
        booked += 1
      }
      for round in 0..<2_000 {
        // The page is written a few times a second at most.
        if round % 50 == 0, try server.metrics()["nod_ledger_working"] != 1 { break }
        guard let bid = try server.bid() else { continue }
        if try server.call(bid.burl).status == 204 { booked += 1 }
      }
      #expect(try server.call(bids[bids.count - 1].burl).status == 503)
      #expect(try server.refusal() != nil)
      try server.wait(seconds: Patience.promised(seconds: 2), for: "/readyz to say no") {
        try server.status(of: "/readyz") == 503
      }
      #expect(server.errors.contains("ledger: data/ledger/journal-"))
      #expect(try server.stop() == 0)
      let verified = try NodProcess.run(["ledger", "verify", "--json", "data"], in: folder)
      #expect(verified.status == 0)
      #expect(verified.output.contains("\"settled_micros\":\(booked * Self.bidMicros),"))
    }
  }
}
