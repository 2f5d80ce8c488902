import AuctionTypes
import CampaignDocuments
import Testing

@Suite struct TargetingTests {
  private static let pointer = Samples.lineItem + "/targeting"

  private static func targeting(_ dimension: String) throws -> Targeting {
    let set = Samples.loadTargeting(dimension)
    #expect(set.errorLines == [])
    return try #require(
      set.advertisers.first?.campaigns.first?.lineItems.first
    ).targeting
  }

  @Test(
    arguments: [
      (
        "geo: {include: [{contry: FRA}]}",
        [
          "/geo/include/0/contry: unknown key `contry`; did you mean `country`?",
          "/geo/include/0: names no place; write one of country, region, city, metro, zip",
        ]
      ),
      (
        "geo: {include: [{country: FRX}]}",
        ["/geo/include/0/country: `FRX` is not a country of ISO 3166-1, such as FRA or FR"]
      ),
      (
        "geo: {include: [{country: UK}]}",
        [
          "/geo/include/0/country: "
            + "`UK` is not a country of ISO 3166-1, such as FRA or FR; did you mean `GBR`?"
        ]
      ),
      (
        "geo: {exclude: [{country: USA, region: CA-ON}]}",
        ["/geo/exclude/0/region: the region `CA-ON` is not in the country USA"]
      ),
      ("geo: {include: [FRA]}", ["/geo/include/0: expected a map, found `FRA`"]),
      (
        "exchanges: {include: [exmple]}",
        ["/exchanges/include/0: unknown exchange `exmple`; did you mean `example`?"]
      ),
      ("exchanges: [example]", ["/exchanges: expected a map, found a list"]),
      (
        "domains: {exclude: ['*.bad.example']}",
        [
          "/domains/exclude/0: `*.bad.example` is not a domain such as shop.example; "
            + "subdomains are included without `*.`"
        ]
      ),
      (
        "domains: {exclude: [bad.example/x, a..b, -a.example]}",
        [
          "/domains/exclude/0: `bad.example/x` is not a domain such as shop.example",
          "/domains/exclude/1: `a..b` is not a domain such as shop.example",
          "/domains/exclude/2: `-a.example` is not a domain such as shop.example",
        ]
      ),
      (
        "device_types: {include: [0, mobile]}",
        [
          "/device_types/include/0: 0 is out of range; allowed is 1 to 255",
          "/device_types/include/1: expected an integer, found `mobile`",
        ]
      ),
      (
        "positions: {include: [8, -1]}",
        [
          "/positions/include/0: 8 is out of range; allowed is 0 to 7",
          "/positions/include/1: -1 is out of range; allowed is 0 to 7",
        ]
      ),
      (
        "languages: {include: [french, e]}",
        [
          "/languages/include/0: `french` is not a language such as fr or en-US",
          "/languages/include/1: `e` is not a language such as fr or en-US",
        ]
      ),
      (
        "categories: {exclude: ['IAB 25']}",
        ["/categories/exclude/0: `IAB 25` is not a content category such as IAB25 or IAB25-3"]
      ),
      (
        "inventory: {include: [web]}",
        ["/inventory/include/0: `web` is not one of site, app, dooh"]
      ),
      (
        "dayparts: [{days: [monday], hours: 8-25}]",
        [
          "/dayparts/0/days/0: `monday` is not one of mon, tue, wed, thu, fri, sat, sun",
          "/dayparts/0/hours: `8-25` are not hours such as 08-20, 22-02 or 00-24",
        ]
      ),
      (
        "dayparts: [{hours: 08-08}]",
        ["/dayparts/0/hours: `08-08` is no time; write 00-24 for the whole day"]
      ),
      (
        "dayparts: [{hours: 24-02}]",
        ["/dayparts/0/hours: `24-02` are not hours such as 08-20, 22-02 or 00-24"]
      ),
      ("user_percent: {from: 50, to: 50}", ["/user_percent: `from` is not below `to`"]),
      (
        "user_percent: {from: -1, to: 101}",
        [
          "/user_percent/from: -1 is out of range; allowed is 0 to 100",
          "/user_percent/to: 101 is out of range; allowed is 0 to 100",
        ]
      ),
      (
        "deals: {include: [''], open: 1}",
        ["/deals/include/0: empty", "/deals/open: expected true or false, found `1`"]
      ),
      (
        "os: {include: [' iOS']}",
        ["/os/include/0: ` iOS` has blanks around it or control characters"]
      ),
    ] as [(String, [String])])
  func refuses(_ dimension: String, _ errors: [String]) {
    let set = Samples.loadTargeting(dimension)
    #expect(set.errorLines.sorted() == errors.map { "d.yaml:19: \(Self.pointer)\($0)" }.sorted())
  }

  @Test func warnsOfUnknownDeviceTypes() {
    #expect(
      Samples.loadTargeting("device_types: {include: [8, 9]}").warningLines == [
        "d.yaml:19: \(Self.pointer)/device_types/include/1: warning: unknown device type 9"
      ])
  }

  @Test func readsPlacesWithEitherCountryCode() throws {
    let targeting = try Self.targeting(
      "geo: {include: [{country: FR}, {country: fra, city: Paris}, {country: USA, region: us-ca},"
        + " {region: US-NY}, {region: CA}, {country: NO}, {metro: 803, zip: 02134}]}")
    #expect(
      targeting.geo.include == [
        GeoTarget(country: CountryCode(assigned: "FRA")),
        GeoTarget(country: CountryCode(assigned: "FRA"), city: "Paris"),
        GeoTarget(country: CountryCode(assigned: "USA"), region: "CA"),
        GeoTarget(country: CountryCode(assigned: "USA"), region: "NY"),
        GeoTarget(region: "CA"),
        GeoTarget(country: CountryCode(assigned: "NOR")),
        GeoTarget(metro: "803", zip: "02134"),
      ])
  }

  @Test func readsEveryListDimension() throws {
    for kind in ["include", "exclude"] {
      let lists = """
        exchanges: {\(kind): [other]}
                      domains: {\(kind): [Shop.Example., münchen.example]}
                      apps: {\(kind): [com.a.b, 123456789]}
                      device_types: {\(kind): [1, 8]}
                      os: {\(kind): [NO, iOS]}
                      languages: {\(kind): [no, en-US, zh-Hans]}
                      categories: {\(kind): [IAB25-3, 483]}
                      positions: {\(kind): [0, 7]}
                      inventory: {\(kind): [app]}
                      deals: {\(kind): [d-1, 77], open: true}
        """
      let targeting = try Self.targeting(lists)
      func values<Value>(_ dimension: IncludeExclude<Value>) -> [Value] {
        kind == "include" ? dimension.include : dimension.exclude
      }
      #expect(values(targeting.exchanges) == ["other"])
      #expect(values(targeting.domains) == ["shop.example", "münchen.example"])
      #expect(values(targeting.apps) == ["com.a.b", "123456789"])
      #expect(values(targeting.deviceTypes) == [1, 8])
      #expect(values(targeting.operatingSystems) == ["NO", "iOS"])
      #expect(values(targeting.languages) == ["no", "en-US", "zh-Hans"])
      #expect(values(targeting.categories) == ["IAB25-3", "483"])
      #expect(values(targeting.positions) == [0, 7])
      #expect(values(targeting.inventory) == [.app])
      #expect(values(targeting.deals.values) == ["d-1", "77"])
      #expect(targeting.deals.isOpen)
    }
  }

  @Test(
    arguments: [
      ("{days: [mon, sun], hours: 08-20}", 0b100_0001, 8, 20), ("{hours: 22-02}", 0x7F, 22, 2),
      ("{days: [wed]}", 0b100, 0, 24), ("{hours: '00-24'}", 0x7F, 0, 24),
      ("{hours: 8-9}", 0x7F, 8, 9),
      ("{days: [], hours: 22-00}", 0x7F, 22, 0),
    ] as [(String, UInt8, Int, Int)])
  func readsDayparts(_ text: String, _ days: UInt8, _ start: Int, _ end: Int) throws {
    #expect(
      try Self.targeting("dayparts: [\(text)]").dayparts
        == [Daypart(days: Daypart.Days(rawValue: days), startHour: start, endHour: end)])
  }

  @Test func placesHoursAfterMidnightOnTheDayBefore() {
    let night = Daypart(days: Daypart.Days(dayFromMonday: 6), startHour: 22, endHour: 2)
    var hours: [String] = []
    for day in 0..<7 {
      for hour in 0..<24 where night.contains(dayFromMonday: day, hour: hour) {
        hours.append("\(day)/\(hour)")
      }
    }
    #expect(hours == ["0/0", "0/1", "6/22", "6/23"])
  }

  @Test func takesEmptyAndNullDimensionsAsMissing() throws {
    let targeting = try Self.targeting(
      "audience: {any: [], none: }\n              geo:\n              os: {}\n"
        + "              deals: {include: [], exclude: }\n              dayparts: []")
    #expect(targeting == Targeting())
  }

  @Test func limitsLists() {
    for (count, errors) in [(10_000, 0), (10_001, 1)] {
      let deals = (0..<count).map(String.init).joined(separator: ", ")
      let set = Samples.loadTargeting("deals: {include: [\(deals)]}")
      #expect(set.errorLines.count == errors)
    }
    for (count, errors) in [(168, 0), (169, 1)] {
      let parts = Array(repeating: "{hours: 01-02}", count: count).joined(separator: ", ")
      #expect(Samples.loadTargeting("dayparts: [\(parts)]").errorLines.count == errors)
    }
  }
}
