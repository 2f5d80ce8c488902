import AuctionTypes
import FixedMemory

extension BidRequest {
  /// `device`.
  mutating func decodeDevice(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    device = Device()
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.ua: device.userAgent = try readText(member, &json, body)
      case JSONKey.devicetype: device.type = try readInteger(member, &json, body)
      case JSONKey.os: device.operatingSystem = try readText(member, &json, body)
      case JSONKey.language: device.language = try readText(member, &json, body)
      case JSONKey.ifa: device.advertisingID = try readText(member, &json, body)
      case JSONKey.lmt: device.limitsTracking = try readFlag(member, &json, body) == 1
      case JSONKey.dnt: device.doNotTrack = try readFlag(member, &json, body) == 1
      case JSONKey.geo: device.geo = try decodeGeo(&json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
  }

  /// `device.geo` or `user.geo`.
  mutating func decodeGeo(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Geo {
    place = Geo()
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.country: place.country = country(try readText(member, &json, body), body)
      case JSONKey.region: place.region = try readText(member, &json, body)
      case JSONKey.city: place.city = try readText(member, &json, body)
      case JSONKey.metro: place.metro = try readText(member, &json, body)
      case JSONKey.zip: place.zip = try readText(member, &json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
    return place
  }

  private func country(_ text: Text, _ body: RawSpan) -> CountryCode? {
    let letters = body.slice(text, unescaped: unescaped.bytes)
    switch letters.byteCount {
    case 2: return CountryCode(alpha2: letters.byte(at: 0), letters.byte(at: 1))
    case 3:
      return CountryCode(letters: letters.byte(at: 0), letters.byte(at: 1), letters.byte(at: 2))
    default: return nil
    }
  }
}
