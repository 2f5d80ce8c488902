import AuctionTypes
import Testing

@Suite struct CountryCodeTests {
  @Test(arguments: [
    ("FR", "FRA"), ("us", "USA"), ("Gb", "GBR"), ("DE", "DEU"), ("AT", "AUT"), ("CH", "CHE"),
    ("SE", "SWE"), ("NO", "NOR"), ("XK", "XKX"), ("ZW", "ZWE"), ("AD", "AND"), ("ss", "SSD"),
  ])
  func convertsAlpha2(_ alpha2: String, _ alpha3: String) {
    #expect(CountryCode(assigned: alpha2)?.description == alpha3)
    #expect(CountryCode(assigned: alpha2) == CountryCode(assigned: alpha3.lowercased()))
  }

  @Test(arguments: [
    "UK", "EU", "ZZ", "AA", "", "F", "FRAN", "XXX", "F1", "1", "É", "@A", "[A", "{a",
  ])
  func refusesUnassignedCodes(_ text: String) {
    #expect(CountryCode(assigned: text) == nil)
  }

  @Test func keepsAnyThreeLetters() {
    let code = CountryCode(letters: UInt8(ascii: "x"), UInt8(ascii: "Y"), UInt8(ascii: "z"))
    #expect(code?.description == "XYZ")
    #expect(code?.rawValue == 0x58595A)
    #expect(CountryCode(letters: UInt8(ascii: "1"), 0x41, 0x41) == nil)
    #expect(CountryCode(letters: 0x41, 0xC3, 0x41) == nil)
  }

  @Test func foldsOnlyLetters() {
    for byte in UInt8.min...UInt8.max {
      let letter = Unicode.Scalar(byte).isASCII && Character(Unicode.Scalar(byte)).isLetter
      #expect((CountryCode(letters: byte, 0x41, 0x41) != nil) == letter, "\(byte)")
      if !letter { #expect(CountryCode(alpha2: byte, UInt8(ascii: "R")) == nil, "\(byte)") }
    }
  }

  @Test func hasEveryCountryOnce() {
    let all = CountryCode.allAssigned
    #expect(all.count == 250)
    #expect(Set(all).count == 250)
    #expect(all.allSatisfy { CountryCode(assigned: $0.description) == $0 })
    var converted = Set<CountryCode>()
    for first in UInt8(ascii: "A")...UInt8(ascii: "Z") {
      for second in UInt8(ascii: "A")...UInt8(ascii: "Z") {
        if let code = CountryCode(alpha2: first, second) { converted.insert(code) }
      }
    }
    #expect(converted == Set(all))
  }
}
