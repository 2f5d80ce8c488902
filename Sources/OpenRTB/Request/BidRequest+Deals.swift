import AuctionTypes
import FixedMemory

extension BidRequest {
  /// `imp.pmp`.
  mutating func decodeMarketplace(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    impression.isPrivateAuction = false
    impression.deals = .empty
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.privateAuction:
        impression.isPrivateAuction = try readFlag(member, &json, body) == 1
      case JSONKey.deals: impression.deals = try decodeDeals(&json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
  }

  private mutating func decodeDeals(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> ListSlice {
    let start = deals.count
    var more = try json.enterIfArray(body)
    while more {
      let deal = try decodeDeal(&json, body)
      if !deal.rawID.isEmpty && !deals.append(deal) { isOverCapacity = true }
      more = try json.nextElement(body)
    }
    return ListSlice(start: start, count: deals.count &- start)
  }

  private mutating func decodeDeal(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Deal {
    var deal = Deal()
    var more = try json.enterIfObject(body)
    while more {
      let member = try json.readMember(body)
      switch member.code {
      case JSONKey.id: (deal.rawID, deal.id) = try readID(member, &json, body)
      case JSONKey.bidfloor: deal.floor = try readFloor(&json, body)
      case JSONKey.bidfloorcur: deal.floorCurrency = try readFloorCurrency(member, &json, body)
      case JSONKey.at: deal.auctionType = try readInteger(member, &json, body)
      case JSONKey.wseat: deal.allowedSeats = try readTexts(member, &json, body)
      case JSONKey.wadomain: deal.allowedAdvertisers = try readTexts(member, &json, body)
      default: try json.skipValue(member, body)
      }
      more = try json.nextMember(body)
    }
    return deal
  }
}
