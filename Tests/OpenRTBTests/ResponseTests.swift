import AuctionTypes
import FixedMemory
import Foundation
import Testing

@testable import OpenRTB

@Suite struct ResponseTests {
  private func buffer(_ text: String) -> FixedBuffer {
    var buffer = FixedBuffer(capacity: max(1, text.utf8.count))
    for byte in text.utf8 { buffer.append(byte) }
    return buffer
  }

  private func text(_ buffer: borrowing FixedBuffer) -> String {
    var bytes: [UInt8] = []
    for index in 0..<buffer.count { bytes.append(buffer.bytes.byte(at: index)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func tree(_ buffer: borrowing FixedBuffer) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text(buffer).utf8))
    return try #require(value as? [String: Any])
  }

  private func writeBids(into out: inout FixedBuffer) {
    let members = buffer("\"adid\":\"a\",\"adm\":\"<a href=\\\"x\\\">é\"")
    var writer = ResponseWriter()
    writer.begin(id: buffer("\"r\\u00e9\"").bytes, into: &out)
    for seat in ["seat-1", "seat-2"] {
      writer.beginSeat(buffer(seat).bytes, into: &out)
      for bid in 1...2 {
        writer.beginBid(
          id: buffer("\(seat).\(bid)").bytes, impressionID: buffer("17").bytes,
          price: CPM(micros: 1_234_567), decimals: 4, into: &out)
        writer.append(members: members.bytes, into: &out)
        writer.append(campaignID: buffer("spring").bytes, into: &out)
        writer.append(size: Size(width: 300, height: 250), into: &out)
        if bid == 2 { writer.append(dealID: buffer("\"d-1\"").bytes, into: &out) }
        writer.append(expirySeconds: 60, into: &out)
        writer.endBid(into: &out)
      }
      writer.endSeat(into: &out)
    }
    writer.end(currency: .usd, into: &out)
  }

  @Test func writesBidsThatReadBack() throws {
    var out = FixedBuffer(capacity: 4_096)
    writeBids(into: &out)
    let response = try tree(out)
    #expect(response["id"] as? String == "ré")
    #expect(response["cur"] as? String == "USD")
    let seats = try #require(response["seatbid"] as? [[String: Any]])
    #expect(seats.map { $0["seat"] as? String } == ["seat-1", "seat-2"])
    let bids = seats.flatMap { $0["bid"] as? [[String: Any]] ?? [] }
    #expect(bids.map { $0["id"] as? String } == ["seat-1.1", "seat-1.2", "seat-2.1", "seat-2.2"])
    #expect(bids.map { $0["dealid"] as? String } == [nil, "d-1", nil, "d-1"])
    for bid in bids {
      #expect(bid["impid"] as? Int == 17)
      #expect(bid["price"] as? Double == 1.2345)
      #expect(bid["adid"] as? String == "a")
      #expect(bid["adm"] as? String == "<a href=\"x\">é")
      #expect(bid["cid"] as? String == "spring")
      #expect(bid["w"] as? Int == 300 && bid["h"] as? Int == 250)
      #expect(bid["exp"] as? Int == 60)
    }
  }

  @Test func echoesTheRequestsIDsByteForByte() {
    let harness = RequestHarness()
    for (id, impression) in [("\"a\\/b\\u0041\"", "7e-1"), ("12.50", "\"\\ud83d\\ude00\"")] {
      harness.decode("{\"id\" : \(id) ,\"imp\":[{\"id\":\(impression)}]}")
      var out = FixedBuffer(capacity: 512)
      var writer = ResponseWriter()
      writer.begin(id: buffer(harness.raw(harness.request.rawID)).bytes, into: &out)
      writer.beginSeat(buffer("s").bytes, into: &out)
      writer.beginBid(
        id: buffer("b").bytes,
        impressionID: buffer(harness.raw(harness.request.impressions[0].rawID)).bytes,
        price: CPM(micros: 1), decimals: 6, into: &out)
      #expect(text(out).hasPrefix("{\"id\":\(id),\"seatbid\":[{\"seat\":\"s\",\"bid\":["))
      #expect(text(out).hasSuffix("{\"id\":\"b\",\"impid\":\(impression),\"price\":0.000001"))
    }
  }

  @Test(
    arguments: [
      (0, 4, "0.0000"), (1, 6, "0.000001"), (1, 5, "0.00000"), (350_000, 2, "0.35"),
      (350_000, 4, "0.3500"), (1_999_999, 0, "1"), (1_999_999, 1, "1.9"), (2_000_000, 2, "2.00"),
      (123_456_789_012, 6, "123456.789012"), (.max, 6, "9223372036854.775807"),
      (1_050_000, 2, "1.05"), (999_999, 4, "0.9999"),
    ] as [(Int64, Int, String)])
  func writesPricesRoundedDown(_ micros: Int64, _ decimals: Int, _ expected: String) {
    var out = FixedBuffer(capacity: 32)
    ResponseWriter.append(price: CPM(micros: micros), decimals: decimals, into: &out)
    #expect(text(out) == expected)
  }

  @Test func writesTheNoBidForms() throws {
    func form(_ id: String, _ reason: UInt8?) -> String {
      var out = FixedBuffer(capacity: 64)
      ResponseWriter.appendNoBid(id: buffer(id).bytes, reason: reason, into: &out)
      return text(out)
    }
    #expect(form("\"r\"", nil) == "{\"id\":\"r\",\"seatbid\":[]}")
    #expect(form("7", 15) == "{\"id\":7,\"seatbid\":[],\"nbr\":15}")
    #expect(form("", 2) == "{\"nbr\":2}")
    #expect(form("", nil) == "{}")
    var out = FixedBuffer(capacity: 2)
    ResponseWriter.appendEmptyObject(into: &out)
    #expect(text(out) == "{}")
  }

  @Test func anAnswerThatDoesNotFitIsMarked() {
    var whole = FixedBuffer(capacity: 4_096)
    writeBids(into: &whole)
    var exact = FixedBuffer(capacity: whole.count)
    writeBids(into: &exact)
    #expect(exact.overflowed == false)
    #expect(text(exact) == text(whole))
    var short = FixedBuffer(capacity: whole.count - 1)
    writeBids(into: &short)
    #expect(short.overflowed == true)
  }

  @Test func escapesEveryCharacterSoThatItReadsBack() throws {
    var all = String(String.UnicodeScalarView((0..<0x180).compactMap(Unicode.Scalar.init)))
    all += "€😀</script>\u{2028}\u{FFFF}"
    for sample in [all, "", "plain", "\"", "\\", "\u{0}", "a\"b\\c\nd"] {
      var out = FixedBuffer(capacity: 4_096)
      out.append("{\"x\":\"")
      JSONText.escape(buffer(sample).bytes, into: &out)
      out.append("\"}")
      #expect(try tree(out)["x"] as? String == sample)
    }
  }

  @Test func whatIsEscapedDecodesToTheSameText() {
    let harness = RequestHarness()
    let sample = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init)))
    var out = FixedBuffer(capacity: 4_096)
    JSONText.escape(buffer(sample).bytes, into: &out)
    #expect(harness.decode("{\"id\":\"\(text(out))\",\"imp\":[{\"id\":1}]}") == .ok)
    #expect(harness.string(harness.request.id) == sample)
  }
}
