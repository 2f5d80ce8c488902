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
    var writer = ResponseWriter()
    writer.begin(id: body.slice(request.rawID), into: &response)
    for index in bids.indices where isFirstOfSeat(index, context.exchange, catalog) {
      encodeSeat(of: index, body, context, catalog, &writer, into: &response)
    }
    writer.end(currency: screened.currency, into: &response)
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
  private mutating func encodeSeat(
    of first: Int, _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    _ writer: inout ResponseWriter, into response: inout FixedBuffer
  ) {
    let seat = seatNumber(of: first, context.exchange, catalog)
    let text = catalog.seatsJSON[seatIndex(of: first, context.exchange, catalog)]
    writer.beginSeat(catalog.text.bytes.slice(text), into: &response)
    for index in first..<bids.count
    where seatNumber(of: index, context.exchange, catalog) == seat {
      encodeBid(index, body, context, catalog, &writer, into: &response)
    }
    writer.endSeat(into: &response)
  }

  private mutating func encodeBid(
    _ index: Int, _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    _ writer: inout ResponseWriter, into response: inout FixedBuffer
  ) {
    let bid = bids[index]
    let exchange = catalog.exchanges[context.exchange]
    desk.signer.sign(tokens[index])
    bidID.removeAll()
    tokens[index].bid.appendID(to: &bidID)
    writer.beginBid(
      id: bidID.bytes,
      impressionID: body.slice(request.impressions[Int(bid.impression)].rawID), price: bid.price,
      decimals: Int(exchange.priceDecimals), into: &response)
    let texts = catalog.text.bytes
    let campaign = Int(catalog.lineItems[Int(bid.lineItem)].campaign)
    writer.append(campaignID: texts.slice(catalog.campaigns[campaign].idJSON), into: &response)
    let isSecure = request.impressions[Int(bid.impression)].isSecure
    let prefix = texts.slice(catalog.publicURL(isSecure: isSecure))
    appendNotices(prefix, into: &response)
    if exchange.sendsExpiry {
      writer.append(expirySeconds: tokens[index].windowSeconds, into: &response)
    }
    let part = catalog.bidPart(creative: Int(bid.creative), exchange: context.exchange)
    writer.append(members: texts.slice(part), into: &response)
    appendMarkup(Int(bid.creative), prefix, catalog, into: &response)
    if let deal = bid.deal {
      writer.append(dealID: body.slice(request.deals[Int(deal)].rawID), into: &response)
    }
    writer.endBid(into: &response)
  }
}
