import Testing

@testable import AuctionTypes

@Suite struct CountryCodeGDPRTests {
  @Test(arguments: ["AUT", "SWE", "ISL", "LIE", "NOR", "GBR", "CHE", "DEU", "NLD", "FR"])
  func countsTheEEATheUnitedKingdomAndSwitzerland(_ country: String) throws {
    #expect(try #require(CountryCode(assigned: country)).isUnderGDPR)
  }

  @Test(arguments: ["USA", "CAN", "TUR", "SRB", "UKR", "RUS", "BRA", "JPN"])
  func leavesOutTheRestOfTheWorld(_ country: String) throws {
    #expect(try #require(CountryCode(assigned: country)).isUnderGDPR == false)
  }

  @Test func countsThirtyTwoCountries() {
    #expect(CountryCode.allAssigned.count { $0.isUnderGDPR } == 32)
  }
}
