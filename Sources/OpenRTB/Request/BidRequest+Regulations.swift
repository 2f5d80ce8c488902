import FixedMemory

extension BidRequest {
  /// `regs`.
  mutating func decodeRegulations(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    regulations = Regulations()
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.coppa: regulations.coppa = try readFlag(member, &json, body) == 1
      case JSONKey.gdpr: regulations.directGDPR = try readFlag(member, &json, body)
      case JSONKey.usPrivacy: regulations.directUSPrivacy = try readText(member, &json, body)
      case JSONKey.gpp: regulations.directGPP = try readText(member, &json, body)
      case JSONKey.ext: try decodeRegulationsExtension(&json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
  }

  private mutating func decodeRegulationsExtension(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    regulations.extensionGDPR = nil
    regulations.extensionUSPrivacy = .absent
    regulations.extensionGPP = .absent
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.gdpr: regulations.extensionGDPR = try readFlag(member, &json, body)
      case JSONKey.usPrivacy: regulations.extensionUSPrivacy = try readText(member, &json, body)
      case JSONKey.gpp: regulations.extensionGPP = try readText(member, &json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
  }
}
