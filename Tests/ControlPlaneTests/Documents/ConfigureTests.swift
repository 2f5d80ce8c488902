import CampaignDocuments
import ControlStore
import Support
import Synchronization
import Testing

@testable import ControlPlane

/// What the desk does at a start and a reload, without a server around it.
@Suite struct ConfigureTests {
  private static func advertisers(_ text: String) -> [Advertiser] {
    DocumentSet.load(files: [.init(name: "a.yaml", bytes: Array(text.utf8))]).advertisers
  }

  /// What a desk puts in force of a database.
  private static func started(
    _ database: ControlDatabase, _ configured: [Advertiser] = [],
    known: KnownReferences = KnownReferences()
  ) throws -> (force: [Advertiser], notes: [String]) {
    let force = AdvertisersInForce()
    let notes = Mutex<[String]>([])
    let desk = try DocumentDesk(
      database: database, advertisers: force,
      port: DocumentPort(
        known: { known },
        log: { line in notes.withLock { $0.append(line) } }))
    try desk.configure(configured) { _ in }
    return (force.value, notes.withLock { $0 })
  }

  /// A database in which the API has left documents.
  private func rig(_ documents: String...) async throws -> ControlRig {
    let rig = try ControlRig()
    try await rig.serve { port in
      var client = try DocumentClient(port: port)
      for document in documents {
        #expect(try client.apply(document).status == 200)
      }
    }
    return rig
  }

  @Test func findsWhatIsStoredAgain() async throws {
    let rig = try await rig(DocumentSamples.advertiser(), DocumentSamples.advertiser("globex"))
    let found = try Self.started(rig.parts.database)
    #expect(found.force.map { $0.id } == ["acme", "globex"])
    #expect(found.notes == [])
    let expected = Self.advertisers(DocumentSamples.advertiser())
    #expect(
      found.force.first?.campaigns.sorted { $0.id < $1.id }
        == expected.first?.campaigns.sorted { $0.id < $1.id })
  }

  @Test func leavesLineItemsOutOfForceThatDoNotFitAnyMore() async throws {
    let document = DocumentSamples.advertiser().replacing(
      "creatives: [c]}",
      with: "creatives: [c], targeting: {exchanges: {include: [gone]}}}")
    let rig = try await rig(document, DocumentSamples.advertiser("globex"))
    let known = KnownReferences(exchanges: ["example"])
    let found = try Self.started(rig.parts.database, known: known)
    #expect(found.force.map { $0.id } == ["acme", "globex"])
    #expect(found.force.first?.campaigns.flatMap { $0.lineItems.map { $0.id } } == ["y"])
    #expect(found.notes.count == 1)
    #expect(found.notes.first?.contains("gone") == true)
  }

  @Test func letsTheConfigurationWinOncePerStart() async throws {
    let rig = try await rig(DocumentSamples.advertiser(daily: 1))
    let configured = Self.advertisers(DocumentSamples.advertiser(daily: 2))
    for _ in 0..<2 {
      let found = try Self.started(rig.parts.database, configured)
      let spring = found.force.first?.campaigns.first { $0.id == "spring" }
      #expect(spring?.budget.dailyMicros == 2)
    }
    let store = DocumentStore(rig.parts.database)
    let key = DocumentObject.Key(kind: .campaign, advertiser: "acme", id: "spring")
    #expect(try store.history(of: key, below: nil, size: 9).map { $0.version } == [2, 1])
    // The API made it, so it stays when the configuration drops it.
    #expect(try Self.started(rig.parts.database).force.map { $0.id } == ["acme"])
  }

  @Test func withdrawsWhatTheConfigurationMadeAlone() throws {
    let rig = try ControlRig()
    let configured = Self.advertisers(DocumentSamples.advertiser())
    #expect(try Self.started(rig.parts.database, configured).force.count == 1)
    #expect(try Self.started(rig.parts.database).force.isEmpty)
    #expect(try DocumentStore(rig.parts.database).documents(of: "acme").isEmpty)
    #expect(try Self.started(rig.parts.database, configured).force.count == 1)
  }

  @Test func holdsAllAdvertisersTogetherToTheLimits() {
    func advertiser(_ id: String, campaigns: Int, lineItems: Int) -> Advertiser {
      let item = LineItem(
        id: "x", bid: Bid(model: .cpm, amountMicros: 1), creativeIDs: ["c"])
      let campaign = Campaign(
        id: "k", budget: .unlimited, lineItems: Array(repeating: item, count: lineItems))
      return Advertiser(
        id: id, name: id, domain: "a.example",
        campaigns: Array(repeating: campaign, count: campaigns))
    }
    var state = DeskState()
    state.replace(["a": advertiser("a", campaigns: 9, lineItems: 10_000)])
    #expect(state.fault(after: ["b": advertiser("b", campaigns: 1, lineItems: 10_000)]) == nil)
    #expect(
      state.fault(after: ["b": advertiser("b", campaigns: 1, lineItems: 10_001)])?
        .contains("of a campaign") == true)
    #expect(
      state.fault(after: ["b": advertiser("b", campaigns: 2, lineItems: 5_001)])?
        .contains("of all advertisers") == true)
    #expect(
      state.fault(after: ["b": advertiser("b", campaigns: 10_001, lineItems: 0)])?
        .contains("campaigns of an advertiser") == true)
    #expect(state.fault(after: ["a": nil]) == nil)
  }
}
