import NIOCore

/// The answer: to the letter as long as Nod's to the same request, and but for the ids constant.
enum Bid {
  /// What it bids, in dollars per thousand.
  static let price = 4.957

  private static let token = String(repeating: "k", count: 72)
  private static let loss = "?p=${AUCTION_PRICE}&r=${AUCTION_LOSS}&m=${AUCTION_MIN_TO_WIN}"
  private static let start =
    "\",\"seatbid\":[{\"seat\":\"nod\",\"bid\":[{\"id\":\"2ffe70a4971418670000000000000002\","
    + "\"impid\":\""
  private static let end =
    "\",\"price\":4.9570,\"cid\":\"advertiser-27-autumn\","
    + "\"nurl\":\"\(notice("w", "?p=${AUCTION_PRICE}"))\","
    + "\"burl\":\"\(notice("b", "kkk?p=${AUCTION_PRICE}"))\","
    + "\"lurl\":\"\(notice("l", loss))\","
    + "\"adid\":\"300x250\",\"crid\":\"300x250\",\"adomain\":[\"advertiser-27.example\"],"
    + "\"cat\":[\"IAB4-1\"],\"w\":300,\"h\":250,\"mtype\":1,"
    + "\"adm\":\"\(markup)\"}]}],\"cur\":\"USD\"}"
  private static let markup =
    "<a href=\\\"\(notice("c", ""))\\\" target=\\\"_blank\\\"><img "
    + "src=\\\"https://cdn.advertiser-27.example/2026/autumn/300x250.png?a=${AUCTION_ID}\\\" "
    + "width=\\\"300\\\" height=\\\"250\\\" alt=\\\"Autumn offer: a third off everything\\\"></a>"
    + "<img src=\\\"\(notice("p", "?p=${AUCTION_PRICE}"))\\\" width=\\\"1\\\" height=\\\"1\\\" "
    + "alt=\\\"\\\" style=\\\"display:none\\\">"

  private static func notice(_ kind: String, _ query: String) -> String {
    "http://127.0.0.1:18080/n/\(kind)/\(token)\(query)"
  }

  /// Writes a bid for an impression of a request.
  static func write(request: String, impression: String, to buffer: inout ByteBuffer) {
    buffer.writeString("{\"id\":\"")
    buffer.writeString(request)
    buffer.writeString(start)
    buffer.writeString(impression)
    buffer.writeString(end)
  }
}
