import Foundation
import Support
import Testing

@Suite struct VerifyTests {
  @Test func refusesAFolderThatAServerHolds() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      let server = try ServerProcess(in: folder)
      let held = try NodProcess.run(["ledger", "verify", "data"], in: folder)
      #expect(held.status == 75)
      #expect(held.errorLines == ["data: a server holds this data_dir; stop it first"])
      #expect(held.output == "")
      #expect(try server.stop() == 0)
      #expect(try NodProcess.run(["ledger", "verify", "data"], in: folder).status == 0)
    }
  }

  @Test func wantsAJournal() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "data/other")
    for path in ["data", "missing"] {
      let outcome = try NodProcess.run(["ledger", "verify", path], in: folder)
      #expect(outcome.status == 66)
      #expect(outcome.errorLines.first?.hasPrefix("\(path)/ledger: ") == true)
    }
    #expect(try NodProcess.run(["ledger", "verify"], in: folder).status == 64)
  }

  @Test func namesTheFileAndPlaceOfDamage() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      let server = try ServerProcess(in: folder)
      let bids = try (0..<3).map { _ in try server.waitForBid() }
      for bid in bids { #expect(try server.call(bid.burl).status == 204) }
      try server.kill()
      let ledger = folder.url.appendingPathComponent("data/ledger")
      let names = try FileManager.default.contentsOfDirectory(atPath: ledger.path)
      let name = try #require(names.filter { $0.hasPrefix("journal-") }.max())
      let file = ledger.appendingPathComponent(name)
      let whole = try Data(contentsOf: file)

      try whole.dropLast(7).write(to: file)
      let torn = try NodProcess.run(["ledger", "verify", "--json", "data"], in: folder)
      #expect(torn.status == 0)
      #expect(torn.errorLines.count == 1)
      #expect(torn.errors.contains(name))
      #expect(torn.output.contains(#""settled_micros":5000,"#))

      var damaged = whole
      damaged[whole.count / 2] ^= 1
      try damaged.write(to: file)
      let wrong = try NodProcess.run(["ledger", "verify", "--json", "data"], in: folder)
      #expect(wrong.status == 65)
      #expect(wrong.errors.contains("data/ledger/\(name): at byte "))
      #expect(wrong.output.hasPrefix(#"{"ok":false,"accounts":["#))
      let start = try NodProcess.run(["serve", "--config", "nod.yaml"], in: folder)
      #expect(start.status == 65)
      #expect(start.errors.contains("data/ledger/\(name): at byte "))
    }
  }

  @Test func explainsWithTheBudgetsOfTheJournal() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder(budget: "{total_micros: 2500}")
      try folder.write(MoneySamples.request(), to: "request.json")
      let arguments = ["explain", "--config", "nod.yaml", "--exchange", "example", "request.json"]
      let before = try NodProcess.run(arguments, in: folder)
      #expect(before.output.contains("acme/k/l  bids 2.5 USD"))
      #expect(before.output.contains("budgets are not considered"))
      let server = try ServerProcess(in: folder)
      #expect(try server.call(server.waitForBid().burl).status == 204)
      let during = try NodProcess.run(arguments, in: folder)
      #expect(during.output.contains("acme/k/l  refused: budget"))
      #expect(during.output.contains("budgets as of the journal in data/ledger"))
      #expect(try server.stop() == 0)
      #expect(try NodProcess.run(arguments, in: folder).output == during.output)
    }
  }
}
