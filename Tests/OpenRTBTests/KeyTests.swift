import FixedMemory
import Support
import Testing

@testable import OpenRTB

@Suite struct KeyTests {
  static let codes: [(name: String, code: UInt64)] = [
    ("acat", JSONKey.acat), ("api", JSONKey.api), ("app", JSONKey.app), ("at", JSONKey.at),
    ("audio", JSONKey.audio), ("badv", JSONKey.badv), ("banner", JSONKey.banner),
    ("bapp", JSONKey.bapp), ("battr", JSONKey.battr), ("bcat", JSONKey.bcat),
    ("bidfloor", JSONKey.bidfloor), ("bidfloorcur", JSONKey.bidfloorcur),
    ("bseat", JSONKey.bseat), ("btype", JSONKey.btype), ("bundle", JSONKey.bundle),
    ("buyeruid", JSONKey.buyeruid), ("cat", JSONKey.cat), ("cattax", JSONKey.cattax),
    ("city", JSONKey.city), ("consent", JSONKey.consent), ("content", JSONKey.content),
    ("coppa", JSONKey.coppa), ("country", JSONKey.country), ("cur", JSONKey.cur),
    ("deals", JSONKey.deals), ("device", JSONKey.device), ("devicetype", JSONKey.devicetype),
    ("dnt", JSONKey.dnt), ("domain", JSONKey.domain), ("dooh", JSONKey.dooh),
    ("eids", JSONKey.eids), ("exp", JSONKey.exp), ("ext", JSONKey.ext),
    ("format", JSONKey.format), ("gdpr", JSONKey.gdpr), ("geo", JSONKey.geo),
    ("gpp", JSONKey.gpp), ("h", JSONKey.h), ("id", JSONKey.id), ("ifa", JSONKey.ifa),
    ("imp", JSONKey.imp), ("instl", JSONKey.instl), ("language", JSONKey.language),
    ("lmt", JSONKey.lmt), ("metro", JSONKey.metro), ("mimes", JSONKey.mimes),
    ("native", JSONKey.native), ("os", JSONKey.os), ("page", JSONKey.page),
    ("pagecat", JSONKey.pagecat), ("pmp", JSONKey.pmp), ("pos", JSONKey.pos),
    ("private_auction", JSONKey.privateAuction), ("publisher", JSONKey.publisher),
    ("region", JSONKey.region), ("regs", JSONKey.regs), ("sectioncat", JSONKey.sectioncat),
    ("secure", JSONKey.secure), ("site", JSONKey.site), ("source", JSONKey.source),
    ("test", JSONKey.test), ("tmax", JSONKey.tmax), ("topframe", JSONKey.topframe),
    ("ua", JSONKey.ua), ("uids", JSONKey.uids), ("us_privacy", JSONKey.usPrivacy),
    ("user", JSONKey.user), ("video", JSONKey.video), ("w", JSONKey.w),
    ("wadomain", JSONKey.wadomain), ("wlang", JSONKey.wlang), ("wseat", JSONKey.wseat),
    ("zip", JSONKey.zip),
  ]

  private func code(_ json: String, tail: String) throws -> UInt64 {
    var buffer = FixedBuffer(capacity: 200)
    for byte in (json + tail).utf8 { buffer.append(byte) }
    var cursor = JSONCursor()
    return try cursor.readMember(buffer.bytes).code
  }

  /// The code of a second member's name, which is read from the words around its end.
  private func memberBehindAnother(_ name: String, value: String) -> JSONMember? {
    let text = Array("{\"first\":\"1\",\"\(name)\":\(value),\"z\":\"1\"}".utf8)
    var json = JSONCursor()
    let guarded = GuardedBytes(text)
    return guarded.withBytes { body in
      do throws(JSONFault) {
        guard try json.enterObject(body) else { return nil }
        try json.skipValue(try json.readMember(body), body)
        guard try json.nextMember(body) else { return nil }
        return try json.readMember(body)
      } catch {
        return nil
      }
    }
  }

  @Test(arguments: codes) func everyNameHasItsCodeBehindAnother(
    _ name: String, _ code: UInt64
  ) throws {
    let text = try #require(memberBehindAnother(name, value: "\"v\""))
    #expect(text.code == code)
    #expect(text.plainEnd == name.utf8.count + 18)
    #expect(text.digit == nil)
    let number = try #require(memberBehindAnother(name, value: "7"))
    #expect(number.code == code)
    #expect(number.plainEnd == nil)
    #expect(number.digit == 7)
    for other in ["17", "1.5", "1e2", "-1", "true", "[1]", "{}"] {
      let member = try #require(memberBehindAnother(name, value: other))
      #expect(member.code == code)
      #expect(member.digit == nil, "\(other)")
      #expect(member.plainEnd == nil, "\(other)")
    }
  }

  @Test(arguments: codes) func everyNameHasItsCode(_ name: String, _ code: UInt64) throws {
    let escaped = name.utf8.map { "\\u00" + String($0, radix: 16) }.joined()
    for tail in [":1", ":                  1", " : 1"] {
      #expect(try self.code("\"\(name)\"", tail: tail) == code)
      #expect(try self.code("\"\(escaped)\"", tail: tail) == code)
    }
    for other in [name + "x", "x" + name, name + "\\u0000", name.uppercased()] {
      #expect(try self.code("\"\(other)\"", tail: ":1") != code)
    }
  }

  @Test func allCodesDiffer() {
    #expect(Set(Self.codes.map(\.code)).count == Self.codes.count)
  }

  @Test(arguments: [
    "", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq", "bidfloorcux",
    "private_auctionprivate",
    "bidfloorcurbidfloorcur", "é", "ééééééééé",
  ])
  func otherNamesAreUnknownOrThemselves(_ name: String) throws {
    let code = try code("\"\(name)\"", tail: ":1")
    #expect(!Self.codes.contains { $0.code == code })
  }

  /// A name with a zero byte must not read as the shorter name before it.
  @Test func aMemberWithAZeroByteIsAnotherMember() {
    let harness = RequestHarness()
    #expect(harness.decode("{\"id\\u0000\":\"1\"}") == .malformed(.noID))
  }
}
