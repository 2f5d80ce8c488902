import CampaignDocuments
import Foundation
import Testing

@Suite struct DocumentSetTests {
  private static func file(_ name: String, _ text: String) -> DocumentSet.File {
    DocumentSet.File(name: name, bytes: Array(text.utf8))
  }

  private static let other = Samples.small.replacing("id: a\n", with: "id: b\n")

  @Test func joinsFilesInTheirOrder() {
    let set = DocumentSet.load(
      files: [Self.file("2.yaml", Self.other), Self.file("1.yaml", Samples.small)])
    #expect(set.advertisers.map { $0.id } == ["b", "a"])
    #expect(!set.isRejected)
  }

  @Test func refusesAnAdvertiserOfTwoFiles() {
    let set = DocumentSet.load(
      files: [Self.file("1.yaml", Samples.small), Self.file("2.yaml", Samples.small)])
    #expect(
      set.errorLines
        == ["2.yaml:2: /advertisers/0/id: the advertiser `a` is already defined at 1.yaml:2"])
    #expect(set.advertisers.isEmpty)
  }

  @Test func rejectsAllFilesForAnErrorInOne() {
    let set = DocumentSet.load(
      files: [Self.file("1.yaml", Samples.small), Self.file("2.yaml", "advertisers: 5")])
    #expect(set.errorLines == ["2.yaml:1: /advertisers: expected a list, found `5`"])
    #expect(set.advertisers.isEmpty)
  }

  @Test func warnsOnceForAllFiles() {
    func shading(_ text: String) -> String {
      text.replacing("{model: cpm,", with: "{shading: auto, model: cpm,")
    }
    let set = DocumentSet.load(
      files: [
        Self.file("1.yaml", shading(Samples.small)), Self.file("2.yaml", shading(Self.other)),
      ])
    #expect(
      set.problems.map { $0.description } == [
        "1.yaml:16: /advertisers/0/campaigns/0/line_items/0/bid/shading: warning: "
          + "checked, but without effect yet: `shading: auto`"
      ])
  }

  @Test func allowsTheSameIDsForDifferentKindsAndAdvertisers() {
    let same = Samples.small.replacing("id: c\n", with: "id: a\n")
      .replacing("id: k\n", with: "id: a\n").replacing("id: l\n", with: "id: a\n")
      .replacing("[c]", with: "[a]")
    let set = DocumentSet.load(
      files: [Self.file("1.yaml", same), Self.file("2.yaml", Self.other)])
    #expect(set.errorLines == [])
    #expect(set.advertisers.count == 2)
  }

  @Test func refusesRepeatedIDsOfAKind() {
    let twice = Samples.small
      .replacing("campaigns:\n", with: "campaigns:\n      - {id: k, budget: {total_micros: 0}}\n")
      .replacing(
        "creatives:\n",
        with: "creatives:\n      - {id: c, format: banner, w: 1, h: 1, markup: x,"
          + " landing_url: 'https://a.example'}\n")
    #expect(
      Samples.load(twice).errorLines == [
        "d.yaml:6: /advertisers/0/creatives/1/id: repeated creative id `c`, first on line 5",
        "d.yaml:14: /advertisers/0/campaigns/1/id: repeated campaign id `k`, first on line 13",
      ])
  }

  @Test func findsRepeatedLineItemsAcrossCampaigns() {
    let text =
      Samples.small + """

              - id: k2
                budget: {total_micros: 5}
                line_items: [{id: l, bid: {model: cpm, amount_micros: 1}, creatives: [c]}]
        """
    #expect(
      Samples.load(text).errorLines == [
        "d.yaml:20: /advertisers/0/campaigns/1/line_items/0/id: "
          + "repeated line item id `l`, first on line 15"
      ])
  }

  @Test func leavesReferencesUncheckedWithoutKnownOnes() {
    let text = Samples.acme.replacing("aam:", with: "zzz:").replacing("example:", with: "any:")
    #expect(Samples.load(text, known: KnownReferences()).errorLines == [])
    #expect(!Samples.load(text).errorLines.isEmpty)
  }

  @Test func limitsIDs() {
    for (count, errors) in [(64, 0), (65, 1)] {
      let id = String(repeating: "x", count: count)
      #expect(
        Samples.loadSmall(replacing: "id: a\n", with: "id: \(id)\n").errorLines.count == errors)
    }
  }

  @Test func limitsBudgetsAmountsAndSides() {
    let changes = [
      ("daily_micros: 1", "daily_micros: 9200000000000000"), ("daily_micros: 1", "daily_micros: 0"),
      ("amount_micros: 1", "amount_micros: 1000000000000"), ("w: 300", "w: 16384"),
      ("w: 300", "w: 1"),
    ]
    for (old, new) in changes {
      #expect(Samples.loadSmall(replacing: old, with: new).errorLines == [], "\(new)")
    }
    for (old, new) in [
      ("amount_micros: 1", "amount_micros: 1000000000001"), ("w: 300", "w: 16385"),
      ("amount_micros: 1", "amount_micros: 0"),
    ] {
      #expect(Samples.loadSmall(replacing: old, with: new).errorLines.count == 1, "\(new)")
    }
  }

  @Test func limitsFrequencyCaps() {
    for (cap, errors) in [
      ("{impressions: 65535, per: 90d}", 0), ("{impressions: 65536, per: 1h}", 1),
      ("{impressions: 1, per: 1m}", 0), ("{impressions: 1, per: 59s}", 1),
      ("{impressions: 1, per: 91d}", 1), ("{impressions: 1, per: 60500ms}", 1),
    ] {
      let set = Samples.loadSmall(
        replacing: "id: k", with: "id: k\n        frequency_caps: [\(cap)]")
      #expect(set.errorLines.count == errors, "\(cap)")
    }
    for (count, errors) in [(8, 0), (9, 1)] {
      let caps = Array(repeating: "{impressions: 1, per: 1h}", count: count).joined(separator: ",")
      let set = Samples.loadSmall(
        replacing: "id: k", with: "id: k\n        frequency_caps: [\(caps)]")
      #expect(set.errorLines.count == errors)
    }
  }

  @Test func readsAllowUnidentifiedInTheCapOrBesideIt() throws {
    let keys = """
                  allow_unidentified: true
                  frequency_caps:
                    - {impressions: 1, per: 1h}
                    - {impressions: 2, per: 1d, allow_unidentified: false}
      """
    let set = Samples.load(Samples.small + "\n" + keys)
    #expect(set.errorLines == [])
    let item = try #require(set.advertisers.first?.campaigns.first?.lineItems.first)
    #expect(item.frequencyCaps.map { $0.allowsUnidentified } == [true, false])
  }

  @Test func limitsFilesAndReportsUnreadableOnes() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let good = folder.appendingPathComponent("a.yaml").path
    try Samples.small.write(toFile: good, atomically: true, encoding: .utf8)
    #expect(DocumentSet.load(paths: [good]).advertisers.map { $0.id } == ["a"])
    let missing = folder.appendingPathComponent("missing.yaml").path
    #expect(
      DocumentSet.load(paths: [good, missing, folder.path]).errorLines
        == ["\(missing): no such file", "\(folder.path): the file cannot be read"])
    let empty = (0...DocumentLimits.files).map { Self.file("\($0)", "advertisers: []") }
    #expect(DocumentSet.load(files: empty.dropLast()).errorLines == [])
    #expect(
      DocumentSet.load(files: empty).errorLines
        == ["999: 1001 files; at most 1000 are read together"])
  }

  @Test(arguments: [
    "UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Etc/GMT+5", "Australia/Lord_Howe",
    "America/Argentina/Buenos_Aires",
  ])
  func knowsTimeZones(_ name: String) {
    let set = Samples.loadSmall(replacing: "id: k", with: "id: k\n        timezone: \(name)")
    #expect(set.errorLines == [])
    #expect(set.advertisers.first?.campaigns.first?.timeZone == name)
  }

  @Test(arguments: ["Paris", "Europe/Pariss", "../etc/passwd", "/etc/passwd", "europe", "5", "'.'"])
  func refusesTimeZones(_ name: String) {
    let set = Samples.loadSmall(replacing: "id: k", with: "id: k\n        timezone: \(name)")
    #expect(
      set.problems.filter { $0.severity == .error }.map { $0.pointer }
        == ["\(Samples.campaign)/timezone"])
  }

  @Test func readsEveryBidModel() throws {
    let set = Samples.loadSmall(
      replacing: "{model: cpm, amount_micros: 1}",
      with: "{model: cpa, amount_micros: 9000000, max_cpm_micros: 4000000, prior_ctr: 0.002,"
        + " prior_cvr: 5e-2, shading: auto}")
    #expect(set.errorLines == [])
    let bid = try #require(set.advertisers.first?.campaigns.first?.lineItems.first?.bid)
    #expect(
      bid
        == Bid(
          model: .cpa, amountMicros: 9_000_000, maxCPMMicros: 4_000_000,
          priorCTRPartsPerMillion: 2_000, priorCVRPartsPerMillion: 50_000, shading: .auto))
    #expect(
      set.problems.map { $0.message }
        == ["checked, but without effect yet: `shading: auto`"])
  }

  @Test(arguments: ["active", "paused", "archived"])
  func readsEveryStatus(_ status: String) throws {
    let text = Samples.small.replacing("id: k\n", with: "id: k\n        status: \(status)\n")
      .replacing(
        "id: l\n", with: "id: l\n            status: \(status)\n            pacing: ahead\n")
    let campaign = try #require(Samples.load(text).advertisers.first?.campaigns.first)
    #expect(campaign.status.rawValue == status)
    #expect(campaign.lineItems.map { $0.status.rawValue } == [status])
    #expect(campaign.lineItems.map { $0.pacing } == [.ahead])
  }
}
