import AuctionTypes
import CampaignCatalog
import FixedMemory
import OpenRTB

extension BidPipeline {
  /// Writes the BidResponse (OpenRTB 2.6 section 4.2): one `seatbid` for each seat among the bids.
  mutating func encode(
    _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    into response: inout FixedBuffer
  ) {
    response.append("{\"id\":")
    response.append(body.slice(request.rawID))
    response.append(",\"seatbid\":[")
    for index in bids.indices where isFirstOfSeat(index, context.exchange, catalog) {
      if index > 0 { response.append(0x2C) }
      encodeSeat(of: index, body, context, catalog, into: &response)
    }
    response.append("],\"cur\":\"")
    for index in 0..<3 { response.append(screened.currency.letter(index)) }
    response.append("\"}")
  }

  /// Whether no bid before has the same seat.
  private func isFirstOfSeat(
    _ index: Int, _ exchange: Int, _ catalog: borrowing CampaignCatalog
  ) -> Bool {
    let seat = seatNumber(of: index, exchange, catalog)
    for other in 0..<index where seatNumber(of: other, exchange, catalog) == seat { return false }
    return true
  }

  private func seatNumber(
    of index: Int, _ exchange: Int, _ catalog: borrowing CampaignCatalog
  ) -> UInt32 {
    catalog.seatNumbers[seatIndex(of: index, exchange, catalog)]
  }

  private func seatIndex(
    of index: Int, _ exchange: Int, _ catalog: borrowing CampaignCatalog
  ) -> Int {
    let lineItem = catalog.lineItems[Int(bids[index].lineItem)]
    return catalog.seatIndex(advertiser: Int(lineItem.advertiser), exchange: exchange)
  }

  /// All bids of the seat of one of them, which is its first.
  private func encodeSeat(
    of first: Int, _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    into response: inout FixedBuffer
  ) {
    let seat = seatNumber(of: first, context.exchange, catalog)
    response.append("{\"seat\":\"")
    let text = catalog.seatsJSON[seatIndex(of: first, context.exchange, catalog)]
    catalog.append(text, to: &response)
    response.append("\",\"bid\":[")
    for index in first..<bids.count
    where seatNumber(of: index, context.exchange, catalog) == seat {
      if index > first { response.append(0x2C) }
      encodeBid(index, body, context, catalog, into: &response)
    }
    response.append("]}")
  }

  private func encodeBid(
    _ index: Int, _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    into response: inout FixedBuffer
  ) {
    let bid = bids[index]
    response.append("{\"id\":\"")
    context.nonce.append(bid: index, to: &response)
    response.append("\",\"impid\":")
    response.append(body.slice(request.impressions[Int(bid.impression)].rawID))
    response.append(",\"price\":")
    response.append(price: bid.price)
    response.append(",\"cid\":\"")
    let campaign = Int(catalog.lineItems[Int(bid.lineItem)].campaign)
    catalog.append(catalog.campaigns[campaign].idJSON, to: &response)
    response.append("\",")
    let part = catalog.bidPart(creative: Int(bid.creative), exchange: context.exchange)
    catalog.append(part, to: &response)
    if let deal = bid.deal {
      response.append(",\"dealid\":")
      response.append(body.slice(request.deals[Int(deal)].rawID))
    }
    response.append(0x7D)
  }
}

extension FixedBuffer {
  /// A price in units of its currency, exact, without trailing zeros: `2.5`, `0.0125`, `3`.
  mutating func append(price: CPM) {
    append(decimal: UInt64(price.micros / 1_000_000))
    var rest = price.micros % 1_000_000
    guard rest > 0 else { return }
    append(0x2E)
    var place: Int64 = 100_000
    while rest > 0 {
      append(UInt8(truncatingIfNeeded: 0x30 + rest / place))
      rest %= place
      place /= 10
    }
  }
}

extension AuctionNonce {
  /// The id of a bid: 26 hexadecimal digits for the boot, the worker, the auction and the bid.
  func append(bid: Int, to buffer: inout FixedBuffer) {
    Self.append(boot & 0xFFFF_FFFF, digits: 8, to: &buffer)
    Self.append(UInt64(worker), digits: 2, to: &buffer)
    Self.append(sequence, digits: 14, to: &buffer)
    Self.append(UInt64(truncatingIfNeeded: bid), digits: 2, to: &buffer)
  }

  private static func append(_ value: UInt64, digits: Int, to buffer: inout FixedBuffer) {
    var shift = UInt64(digits * 4)
    while shift > 0 {
      shift -= 4
      let digit = UInt8(truncatingIfNeeded: value >> shift & 0xF)
      buffer.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}
