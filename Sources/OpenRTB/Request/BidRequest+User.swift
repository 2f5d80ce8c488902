import FixedMemory

extension BidRequest {
  /// `user`.
  mutating func decodeUser(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    user = User()
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.id: user.id = try readText(member, &json, body)
      case JSONKey.buyeruid: user.buyerID = try readText(member, &json, body)
      case JSONKey.eids: user.extendedIDs = try decodeExtendedIDs(&json, body)
      case JSONKey.consent: user.directConsent = try readText(member, &json, body)
      case JSONKey.geo: user.geo = try decodeGeo(&json, body)
      case JSONKey.ext: try decodeUserExtension(&json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
  }

  private mutating func decodeUserExtension(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    user.extensionExtendedIDs = .empty
    user.extensionConsent = .absent
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.eids: user.extensionExtendedIDs = try decodeExtendedIDs(&json, body)
      case JSONKey.consent: user.extensionConsent = try readText(member, &json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
  }

  private mutating func decodeExtendedIDs(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> ListSlice {
    let start = userIDs.count
    var more = try json.enterIfArray(body)
    while more {
      try decodeExtendedID(&json, body)
      more = try json.nextElement(body)
    }
    return ListSlice(start: start, count: userIDs.count &- start)
  }

  /// One source; its name may stand after its ids.
  private mutating func decodeExtendedID(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    let start = userIDs.count
    var source = Text.absent
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.source: source = try readText(member, &json, body)
      case JSONKey.uids:
        userIDs.truncate(to: start)
        try decodeUserIDs(&json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
    for index in start..<userIDs.count { userIDs[index].source = source }
  }

  private mutating func decodeUserIDs(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    var moreIDs = try json.enterIfArray(body)
    while moreIDs {
      var id = Text.absent
      var more = try json.enterIfObject(body)
      while more {
        let member = try json.readMember(body)
        if member.code == JSONKey.id {
          id = try readText(member, &json, body)
        } else {
          try json.skipValue(member, body)
        }
        more = try json.nextMember(body)
      }
      let entry = UserID(source: .absent, id: id)
      if !id.isEmpty && !userIDs.append(entry) { isOverCapacity = true }
      moreIDs = try json.nextElement(body)
    }
  }
}
