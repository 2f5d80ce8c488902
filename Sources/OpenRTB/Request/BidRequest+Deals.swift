import AuctionTypes
import FixedMemory

extension BidRequest {
  /// `imp.pmp`.
  mutating func decodeMarketplace(
    _ impression: inout Impression, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    impression.isPrivateAuction = false
    impression.deals = .empty
    var more = try json.enterIfObject(body)
    while more {
      switch try json.readKey(body).code {
      case JSONKey.privateAuction:
        impression.isPrivateAuction = try readFlag(&json, body) == 1
      case JSONKey.deals: impression.deals = try decodeDeals(&json, body)
      default: try json.skipValue(body)
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
      switch try json.readKey(body).code {
      case JSONKey.id: (deal.rawID, deal.id) = try readID(&json, body)
      case JSONKey.bidfloor: deal.floor = try readFloor(&json, body)
      case JSONKey.bidfloorcur: deal.floorCurrency = try readFloorCurrency(&json, body)
      case JSONKey.at: deal.auctionType = try readInteger(&json, body)
      case JSONKey.wseat: deal.allowedSeats = try readTexts(&json, body)
      case JSONKey.wadomain: deal.allowedAdvertisers = try readTexts(&json, body)
      default: try json.skipValue(body)
      }
      more = try json.nextMember(body)
    }
    return deal
  }
}
