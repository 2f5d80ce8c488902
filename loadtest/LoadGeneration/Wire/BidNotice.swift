import FixedMemory

/// The notices of the bids in an answer, as requests that can be sent.
enum BidNotice {
  /// A notice's kind, as its member of the bid is called.
  enum Kind: CaseIterable, Sendable {
    case win, billing, loss
  }

  /// What stands for the macros of a URL (OpenRTB 2.6, section 4.4).
  struct Values {
    var auctionID: [UInt8] = []
    var bidID: [UInt8] = []
    var impressionID: [UInt8] = []
    var seat: [UInt8] = []
    var creativeID: [UInt8] = []
    var currency: [UInt8] = Array("USD".utf8)
    var price: [UInt8] = []
    var lossReason: [UInt8] = Array("102".utf8)
  }

  /// Whether the answer holds a bid: a member `seatbid` with an array that is not empty.
  static func hasBid(_ body: RawSpan) -> Bool {
    var place = 0
    while let quote = body.firstOffset(of: UInt8(ascii: "\""), from: place) {
      place = quote + 1
      guard body.byteCount - place >= 8, body.slice(place, 8).equals("seatbid\""),
        let colon = JSONWalk.next(in: body, at: place + 8), colon.byte == UInt8(ascii: ":"),
        let open = JSONWalk.next(in: body, at: colon.place + 1), open.byte == UInt8(ascii: "["),
        let first = JSONWalk.next(in: body, at: open.place + 1)
      else { continue }
      return first.byte != UInt8(ascii: "]")
    }
    return false
  }

  /// The requests for the notices of all bids.
  ///
  /// - Parameter isWon: asked once for each bid.
  static func requests(
    in body: RawSpan, rules: NoticeRules, isWon: () -> Bool
  ) -> [[UInt8]] {
    guard let root = JSONWalk.value(in: body, at: 0), let seats = seatBids(body) else { return [] }
    var values = Values()
    values.auctionID = text("id", of: root, in: body)
    let currency = text("cur", of: root, in: body)
    if !currency.isEmpty { values.currency = currency }
    var requests: [[UInt8]] = []
    var count = 0
    var place = Int(seats.offset)
    while let seat = JSONWalk.nextElement(of: seats, in: body, place: &place) {
      values.seat = text("seat", of: seat, in: body)
      guard let bids = JSONWalk.member("bid", of: seat, in: body) else { continue }
      var inner = Int(bids.offset)
      while let bid = JSONWalk.nextElement(of: bids, in: body, place: &inner) {
        count += 1
        if count > LoadLimits.bidsPerAnswer { return requests }
        add(bid, in: body, values, rules, isWon: isWon(), to: &requests)
      }
    }
    return requests
  }

  private static func seatBids(_ body: RawSpan) -> ByteSlice? {
    guard let root = JSONWalk.value(in: body, at: 0) else { return nil }
    return JSONWalk.member("seatbid", of: root, in: body)
  }

  private static func add(
    _ bid: ByteSlice, in body: RawSpan, _ values: Values, _ rules: NoticeRules, isWon: Bool,
    to requests: inout [[UInt8]]
  ) {
    var values = values
    values.bidID = text("id", of: bid, in: body)
    values.impressionID = text("impid", of: bid, in: body)
    values.creativeID = text("crid", of: bid, in: body)
    values.price = price(of: bid, in: body, share: rules.clearingShare)
    let names: [StaticString] = isWon ? ["nurl", "burl"] : ["lurl"]
    if isWon { values.lossReason = [0x30] }
    for name in names {
      guard let value = JSONWalk.member(name, of: bid, in: body),
        let string = JSONWalk.string(value, in: body), string.count > 0,
        string.count <= LoadLimits.noticeBytes,
        let request = request(for: plain(string, in: body), values)
      else { continue }
      requests.append(request)
    }
  }

  private static func price(of bid: ByteSlice, in body: RawSpan, share: Double) -> [UInt8] {
    guard let value = JSONWalk.member("price", of: bid, in: body) else { return [] }
    let text = bytes(value, in: body)
    if share == 1 { return text }
    guard let price = Double(String(decoding: text, as: UTF8.self)), price.isFinite,
      price >= 0, price < 1e9
    else { return text }
    let micros = Int((price * share * 1e6).rounded())
    let fraction = String(micros % 1_000_000)
    return Array(
      "\(micros / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)".utf8)
  }

  private static func text(_ name: StaticString, of object: ByteSlice, in body: RawSpan) -> [UInt8]
  {
    guard let value = JSONWalk.member(name, of: object, in: body),
      let string = JSONWalk.string(value, in: body)
    else { return [] }
    return plain(string, in: body)
  }

  private static func bytes(_ slice: ByteSlice, in body: RawSpan) -> [UInt8] {
    (Int(slice.offset)..<slice.end).map { body.byte(at: $0) }
  }

  /// The bytes of a string without its escapes, as far as they occur in URLs and ids.
  private static func plain(_ slice: ByteSlice, in body: RawSpan) -> [UInt8] {
    let raw = bytes(slice, in: body)
    guard raw.contains(UInt8(ascii: "\\")) else { return raw }
    var plain: [UInt8] = []
    var place = 0
    while place < raw.count {
      guard raw[place] == UInt8(ascii: "\\"), place + 1 < raw.count else {
        plain.append(raw[place])
        place += 1
        continue
      }
      if raw[place + 1] == UInt8(ascii: "u"), place + 6 <= raw.count,
        let code = UInt8(String(decoding: raw[(place + 2)..<(place + 6)], as: UTF8.self), radix: 16)
      {
        plain.append(code)
        place += 6
      } else {
        plain.append(raw[place + 1])
        place += 2
      }
    }
    return plain
  }

  /// A GET of the URL with its macros replaced; nil where it is no http URL.
  private static func request(for url: [UInt8], _ values: Values) -> [UInt8]? {
    let text = String(decoding: replacingMacros(of: url, values), as: UTF8.self)
    guard text.hasPrefix("http://") || text.hasPrefix("https://"),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    let rest = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard rest.count >= 3, !rest[2].isEmpty else { return nil }
    let path = rest.count > 3 ? rest[3] : ""
    return Array("GET /\(path) HTTP/1.1\r\nHost: \(rest[2])\r\n\r\n".utf8)
  }

  private static func replacingMacros(of url: [UInt8], _ values: Values) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(url.count)
    var place = 0
    while place < url.count {
      guard url[place] == UInt8(ascii: "$"), place + 1 < url.count,
        url[place + 1] == UInt8(ascii: "{"),
        let end = url[place...].firstIndex(of: UInt8(ascii: "}"))
      else {
        result.append(url[place])
        place += 1
        continue
      }
      result += value(of: String(decoding: url[(place + 2)..<end], as: UTF8.self), values)
      place = end + 1
    }
    return result
  }

  private static func value(of macro: String, _ values: Values) -> [UInt8] {
    switch macro {
    case "AUCTION_ID": values.auctionID
    case "AUCTION_BID_ID": values.bidID
    case "AUCTION_IMP_ID": values.impressionID
    case "AUCTION_SEAT_ID": values.seat
    case "AUCTION_AD_ID": values.creativeID
    case "AUCTION_PRICE": values.price
    case "AUCTION_CURRENCY": values.currency
    case "AUCTION_LOSS": values.lossReason
    default: []
    }
  }
}
