import AuctionTypes
import FixedMemory

extension BidRequest {
  /// Forgets the impressions and what belongs to them.
  mutating func resetImpressions() {
    impressions.removeAll()
    formats.removeAll()
    deals.removeAll()
    impressionCount = 0
    hasImpressionWithoutID = false
  }

  /// `imp`.
  mutating func decodeImpressions(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    resetImpressions()
    var more = try json.enterIfArray(body)
    while more {
      try decodeImpression(&json, body)
      impressionCount &+= 1
      if impression.rawID.isEmpty { hasImpressionWithoutID = true }
      if !impressions.append(impression) { isOverCapacity = true }
      more = try json.nextElement(body)
    }
  }

  /// Whether two impressions have the same id; impressions past the limit are not looked at.
  ///
  /// - Complexity: O(impressions²).
  func hasDuplicateImpressionID(_ body: RawSpan) -> Bool {
    // A string that did not fit the arena reads as empty: it equals nothing.
    guard impressions.count > 1 && !unescaped.overflowed else { return false }
    for index in 1..<impressions.count {
      let id = body.slice(impressions[index].id, unescaped: unescaped.bytes)
      for earlier in 0..<index {
        let other = body.slice(impressions[earlier].id, unescaped: unescaped.bytes)
        if id.equals(other) { return true }
      }
    }
    return false
  }

  private mutating func decodeImpression(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    impression = Impression()
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.id: (impression.rawID, impression.id) = try readID(member, &json, body)
      case JSONKey.banner: impression.banner = try decodeBanner(&json, body) ? banner : nil
      case JSONKey.video: impression.hasVideo = try json.skipObject(body)
      case JSONKey.audio: impression.hasAudio = try json.skipObject(body)
      case JSONKey.native: impression.hasNative = try json.skipObject(body)
      case JSONKey.bidfloor: impression.floor = try readFloor(&json, body)
      case JSONKey.bidfloorcur:
        impression.floorCurrency = try readFloorCurrency(member, &json, body)
      case JSONKey.secure: impression.isSecure = try readFlag(member, &json, body) == 1
      case JSONKey.instl: impression.isInterstitial = try readFlag(member, &json, body) == 1
      case JSONKey.exp: impression.expirySeconds = try readPositive(member, &json, body)
      case JSONKey.pmp: try decodeMarketplace(&json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
  }

  private mutating func decodeBanner(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Bool {
    guard json.peek(body) == UInt8(ascii: "{") else {
      try json.skipValue(body)
      return false
    }
    banner = Banner()
    var sides = Sides()
    var more = try json.enterObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.format: banner.formats = try decodeFormats(&json, body)
      case JSONKey.w: sides.width = try readInteger(member, &json, body) ?? 0
      case JSONKey.h: sides.height = try readInteger(member, &json, body) ?? 0
      case JSONKey.btype: banner.blockedTypes = try readNumbers(member, &json, body)
      case JSONKey.battr: banner.blockedAttributes = try readNumbers(member, &json, body)
      case JSONKey.api: banner.apis = try readNumbers(member, &json, body)
      case JSONKey.mimes: banner.mimes = try readTexts(member, &json, body)
      case JSONKey.pos: banner.position = try readInteger(member, &json, body)
      case JSONKey.topframe: banner.isTopFrame = try readFlag(member, &json, body) == 1
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
    banner.size = sides.size
    return true
  }

  private mutating func decodeFormats(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> ListSlice {
    let start = formats.count
    var more = try json.enterIfArray(body)
    while more {
      let size = try decodeFormat(&json, body)
      if let size, formats.count &- start < RequestLimits.formatsPerImpression {
        formats.append(size)
      }
      more = try json.nextElement(body)
    }
    return ListSlice(start: start, count: formats.count &- start)
  }

  private mutating func decodeFormat(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Size? {
    var sides = Sides()
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.w: sides.width = try readInteger(member, &json, body) ?? 0
      case JSONKey.h: sides.height = try readInteger(member, &json, body) ?? 0
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
    return sides.size
  }
}

/// A width and a height as they are being read; zero where there is none.
private struct Sides {
  var width: Int32 = 0
  var height: Int32 = 0

  /// Both as a size; nil unless each is 1 to 65535 pixels.
  var size: Size? {
    guard width > 0, height > 0, let width = UInt16(exactly: width),
      let height = UInt16(exactly: height)
    else { return nil }
    return Size(width: width, height: height)
  }
}

extension JSONCursor {
  /// Passes the value at the cursor and says whether it was an object.
  mutating func skipObject(_ body: RawSpan) throws(JSONFault) -> Bool {
    let isObject = peek(body) == UInt8(ascii: "{")
    try skipValue(body)
    return isObject
  }
}
