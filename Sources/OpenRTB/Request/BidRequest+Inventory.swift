import FixedMemory

extension BidRequest {
  /// `site`, `app` or `dooh`, unless one of the others came first.
  mutating func decodeInventory(
    _ kind: Inventory.Kind, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    let isFirst = inventory.kind == .unknown || inventory.kind == kind
    guard isFirst, json.peek(body) == UInt8(ascii: "{") else {
      if isFirst { inventory = Inventory() }
      return try json.skipValue(body)
    }
    inventory = Inventory()
    inventory.kind = kind
    var more = try json.enterObject(body)
    while more {
      try decodeInventoryMember(try json.readMember(body), &json, body)
      more = try json.nextMember(body)
    }
  }

  @inline(__always)
  private mutating func decodeInventoryMember(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    switch member.code {
    case JSONKey.id: inventory.id = try readText(member, &json, body)
    case JSONKey.domain: inventory.domain = try readText(member, &json, body)
    case JSONKey.page: inventory.page = try readText(member, &json, body)
    case JSONKey.bundle: inventory.bundle = try readText(member, &json, body)
    case JSONKey.cat: inventory.categories = try readTexts(member, &json, body)
    case JSONKey.sectioncat: inventory.sectionCategories = try readTexts(member, &json, body)
    case JSONKey.pagecat: inventory.pageCategories = try readTexts(member, &json, body)
    case JSONKey.publisher: try decodePublisher(&json, body)
    case JSONKey.content: try decodeContent(&json, body)
    default: try json.skipValue(member, body)
    }
  }

  private mutating func decodePublisher(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    inventory.publisherID = .absent
    inventory.publisherDomain = .absent
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.id: inventory.publisherID = try readText(member, &json, body)
      case JSONKey.domain: inventory.publisherDomain = try readText(member, &json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
  }

  private mutating func decodeContent(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    inventory.contentCategories = .empty
    inventory.contentLanguage = .absent
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.cat: inventory.contentCategories = try readTexts(member, &json, body)
      case JSONKey.language: inventory.contentLanguage = try readText(member, &json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
  }
}
