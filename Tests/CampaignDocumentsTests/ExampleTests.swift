import AuctionTypes
import CampaignDocuments
import Testing

@Suite struct ExampleTests {
  @Test func readsTheExampleExactly() throws {
    let set = Samples.load(Samples.acme)
    #expect(set.errorLines == [])
    let advertiser = try #require(set.advertisers.first)
    #expect(set.advertisers.count == 1)
    #expect(advertiser.id == "acme")
    #expect(advertiser.name == "Acme")
    #expect(advertiser.domain == "acme.example")
    #expect(advertiser.currency == "USD")
    #expect(advertiser.seats == ["example": "seat-7"])
    #expect(advertiser.categories == ["IAB1"])
    let creative = try #require(advertiser.creatives.first)
    #expect(creative.id == "acme-300x250")
    #expect(creative.widthPixels == 300)
    #expect(creative.heightPixels == 250)
    #expect(creative.landingURL == "https://acme.example/")
    #expect(creative.isSecure)
    #expect(
      creative.markup
        == #"<a href="${CLICK_URL}"><img src="https://cdn.acme.example/b.png"></a>"#)
    let campaign = try #require(advertiser.campaigns.first)
    #expect(campaign.id == "acme-spring")
    #expect(campaign.status == .active)
    #expect(campaign.flight.startMilliseconds == 1_767_225_600_000)
    #expect(campaign.flight.endMilliseconds == 2_082_758_400_000)
    #expect(campaign.budget.totalMicros == 500_000_000)
    #expect(campaign.budget.dailyMicros == 50_000_000)
    #expect(campaign.timeZone == "Europe/Paris")
    #expect(campaign.frequencyCaps.map { $0.impressions } == [5])
    #expect(campaign.frequencyCaps.map { $0.periodSeconds } == [86_400])
  }

  @Test func readsTheExamplesLineItemExactly() throws {
    let set = Samples.load(Samples.acme)
    let item = try #require(set.advertisers.first?.campaigns.first?.lineItems.first)
    #expect(item.id == "acme-spring-retarget")
    #expect(item.bid.model == .cpm)
    #expect(item.bid.amountMicros == 2_500_000)
    #expect(item.bid.shading == .none)
    #expect(item.budget.totalMicros == nil)
    #expect(item.budget.dailyMicros == 10_000_000)
    #expect(item.pacing == .even)
    #expect(item.frequencyCaps.map { $0.periodSeconds } == [3_600])
    #expect(item.frequencyCaps.map { $0.allowsUnidentified } == [false])
    #expect(item.creativeIDs == ["acme-300x250"])
    let targeting = item.targeting
    #expect(
      targeting.audience
        == .all([
          .any([.segment("aam:24"), .segment("aam:26")]), .none([.segment("aam:99")]),
        ]))
    #expect(targeting.exchanges.include == ["example"])
    #expect(targeting.geo.include.map { $0.country?.description } == ["FRA", "USA"])
    #expect(targeting.geo.include.map { $0.region } == [nil, "CA"])
    #expect(targeting.domains == IncludeExclude(exclude: ["bad.example"]))
    #expect(targeting.apps.isEmpty)
    #expect(targeting.deviceTypes.include == [2, 4, 5])
    #expect(targeting.operatingSystems.include == ["iOS", "Android"])
    #expect(targeting.languages.include == ["fr", "en"])
    #expect(targeting.categories.exclude == ["IAB25"])
    #expect(targeting.positions.include == [1])
    #expect(targeting.dayparts.map { $0.days.rawValue } == [0b11])
    #expect(targeting.dayparts.map { [$0.startHour, $0.endHour] } == [[8, 20]])
    #expect(targeting.deals.values.isEmpty && !targeting.deals.isOpen)
    #expect(targeting.inventory.include == [.site, .app, .dooh])
    #expect(targeting.userPercent == .all)
  }

  @Test func warnsOnceAboutKeysWithoutEffect() {
    #expect(Samples.load(Samples.acme).problems.isEmpty)
    let set = Samples.load(Samples.acme.replacing("shading: none", with: "shading: auto"))
    #expect(
      set.problems.map { $0.message } == ["checked, but without effect yet: `shading: auto`"])
  }

  @Test func fillsInWhatTheSmallDocumentLeavesOut() throws {
    let set = Samples.load(Samples.small)
    #expect(set.errorLines == [])
    let advertiser = try #require(set.advertisers.first)
    #expect(advertiser.name == "a")
    #expect(advertiser.currency == "USD")
    let campaign = try #require(advertiser.campaigns.first)
    #expect(campaign.status == .active)
    #expect(campaign.timeZone == "UTC")
    #expect(campaign.flight == .open)
    let item = try #require(campaign.lineItems.first)
    #expect(item.status == .active)
    #expect(item.pacing == .even)
    #expect(item.budget == .unlimited)
    #expect(item.targeting == Targeting())
  }
}
