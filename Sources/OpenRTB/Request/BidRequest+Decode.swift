import AuctionTypes
import FixedMemory

extension BidRequest {
  /// Reads a body in one pass, in place of what the request held before.
  ///
  /// Everything but ``DecodeOutcome/ok`` leaves values that are not to be used, apart from
  /// ``rawID`` after `ping` and `capacity`.
  ///
  /// - Complexity: O(bytes).
  package mutating func decode(_ body: RawSpan) -> DecodeOutcome {
    reset()
    guard body.byteCount <= RequestLimits.bodyBytes else { return .capacity }
    guard var json = cursor.take() else { preconditionFailure("the cursor is back") }
    json.restart()
    let outcome = judge(&json, body)
    cursor = consume json
    return outcome
  }

  private mutating func judge(_ json: inout JSONCursor, _ body: RawSpan) -> DecodeOutcome {
    do {
      return try decodeDocument(&json, body)
    } catch {
      return .malformed(.json)
    }
  }

  private mutating func reset() {
    rawID = .empty
    id = .absent
    auctionType = 2
    maximumMilliseconds = nil
    isTest = false
    blockedCategories = .empty
    allowedCategories = .empty
    categoryTaxonomy = 1
    blockedAdvertisers = .empty
    blockedApps = .empty
    allowedSeats = .empty
    blockedSeats = .empty
    allowedLanguages = .empty
    inventory = Inventory()
    device = Device()
    user = User()
    regulations = Regulations()
    currencies.removeAll()
    texts.removeAll()
    numbers.removeAll()
    userIDs.removeAll()
    unescaped.removeAll()
    resetImpressions()
    isOverCapacity = false
  }

  private mutating func decodeDocument(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> DecodeOutcome {
    let isObject = json.peek(body) == UInt8(ascii: "{")
    let hasOtherMembers = isObject ? try decodeMembers(&json, body) : false
    if !isObject { try json.skipValue(body) }
    try json.finish(body)
    if !isObject { return .malformed(.notAnObject) }
    return verdict(body, hasOtherMembers: hasOtherMembers)
  }

  private func verdict(_ body: RawSpan, hasOtherMembers: Bool) -> DecodeOutcome {
    if rawID.isEmpty { return .malformed(.noID) }
    if !hasOtherMembers { return .ping }
    if impressionCount == 0 { return .malformed(.noImpressions) }
    if hasImpressionWithoutID { return .malformed(.impressionWithoutID) }
    if hasDuplicateImpressionID(body) { return .malformed(.duplicateImpressionID) }
    return isOverCapacity ? .capacity : .ok
  }

  /// Reads the members of the request; true when one of them is not `id`.
  private mutating func decodeMembers(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Bool {
    var hasOtherMembers = false
    var more = try json.enterObject(body)
    while more {
      let member = try json.readMember(body)
      if member.code == JSONKey.id {
        (rawID, id) = try readID(member, &json, body)
      } else {
        hasOtherMembers = true
        try decodeMember(member, &json, body)
      }
      more = try json.nextMember(body)
    }
    return hasOtherMembers
  }

  @inline(__always)
  private mutating func decodeMember(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    switch member.code {
    case JSONKey.imp: try decodeImpressions(&json, body)
    case JSONKey.site: try decodeInventory(.site, &json, body)
    case JSONKey.app: try decodeInventory(.app, &json, body)
    case JSONKey.dooh: try decodeInventory(.dooh, &json, body)
    case JSONKey.device: try decodeDevice(&json, body)
    case JSONKey.user: try decodeUser(&json, body)
    case JSONKey.regs: try decodeRegulations(&json, body)
    case JSONKey.at: auctionType = try readInteger(member, &json, body) ?? 2
    case JSONKey.tmax: maximumMilliseconds = try readPositive(member, &json, body)
    case JSONKey.test: isTest = try readFlag(member, &json, body) == 1
    case JSONKey.cur: try readCurrencies(member, &json, body)
    default: try decodeRestriction(member, &json, body)
    }
  }

  @inline(__always)
  private mutating func decodeRestriction(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    switch member.code {
    case JSONKey.bcat: blockedCategories = try readTexts(member, &json, body)
    case JSONKey.acat: allowedCategories = try readTexts(member, &json, body)
    case JSONKey.cattax: categoryTaxonomy = try readInteger(member, &json, body) ?? 1
    case JSONKey.badv: blockedAdvertisers = try readTexts(member, &json, body)
    case JSONKey.bapp: blockedApps = try readTexts(member, &json, body)
    case JSONKey.wseat: allowedSeats = try readTexts(member, &json, body)
    case JSONKey.bseat: blockedSeats = try readTexts(member, &json, body)
    case JSONKey.wlang: allowedLanguages = try readTexts(member, &json, body)
    default: try json.skipValue(member, body)
    }
  }
}
