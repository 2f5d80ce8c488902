import Foundation
import Support

/// Bid requests drawn at random from the vocabulary of ``RandomDocuments``.
struct RandomRequests {
  var generator: SeededGenerator

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  private mutating func one<Value>(_ values: [Value]) -> Value {
    values.randomElement(using: &generator)!
  }

  private mutating func some<Value>(_ values: [Value]) -> [Value] {
    (0..<Int.random(in: 1...2, using: &generator)).map { _ in one(values) }
  }

  mutating func next() throws -> String {
    var request: [String: Any] = ["id": chance(50) ? "r-é\"1" : 17 as Any]
    request["imp"] = (0..<one([1, 1, 1, 2, 3])).map { impression($0) }
    request["device"] = device()
    request["user"] = user()
    if chance(15) { request["regs"] = regulations() }
    if !chance(5) { addInventory(&request) }
    addLists(&request)
    let data = try JSONSerialization.data(withJSONObject: request, options: [.sortedKeys])
    return String(decoding: data, as: UTF8.self)
  }

  private mutating func addLists(_ request: inout [String: Any]) {
    if chance(30) { request["cur"] = some(["EUR", "JPY", "XXX", "USD", "CHF"]) }
    if chance(8) { request["wseat"] = some(["nod", "s1", "s2"]) }
    if chance(8) { request["bseat"] = some(["nod", "s1", "s2", "x"]) }
    if chance(20) { request["bcat"] = some(["IAB1", "IAB25", "IAB25-3", "iab7", "IAB9"]) }
    if chance(8) { request["acat"] = RandomDocuments.categories.filter { _ in chance(70) } }
    if chance(10) { request["cattax"] = one([1, 2, 6]) }
    if chance(20) {
      request["badv"] = some(["a.example", "B.EXAMPLE", "x.c.example", "z.example"])
    }
    if chance(20) { request["bapp"] = some(["com.x", "COM.Y", "com.z"]) }
    if chance(5) { request["test"] = 1 }
  }

  private mutating func impression(_ index: Int) -> [String: Any] {
    var impression: [String: Any] = ["id": chance(20) ? index + 1 : "i\(index)" as Any]
    if !chance(4) { impression["banner"] = banner() } else { impression["video"] = [:] }
    if chance(60) {
      impression["bidfloor"] = one([0, 0.1, 0.55, 1.25, 1.234567, 2, 3.75])
      if chance(40) { impression["bidfloorcur"] = one(["EUR", "JPY", "USD", "XXX"]) }
    }
    if chance(12) { impression["secure"] = one([1, 0, "1"] as [Any]) }
    if chance(35) { impression["pmp"] = market() }
    return impression
  }

  private mutating func banner() -> [String: Any] {
    var banner: [String: Any] = [:]
    func side(_ size: (Int, Int)) -> [String: Any] { ["w": size.0, "h": size.1] }
    if chance(60) {
      banner["format"] = some(RandomDocuments.sizes + [(1, 1)]).map { side($0) }
    }
    if chance(70) {
      let size = one(RandomDocuments.sizes)
      banner["w"] = size.0
      banner["h"] = chance(20) ? "\(size.1)" : size.1 as Any
    }
    if chance(40) { banner["pos"] = one([0, 1, 3]) }
    if chance(25) { banner["battr"] = some([1, 13, 510, 511, 2]) }
    if chance(12) { banner["btype"] = some([1, 2, 3, 4]) }
    if chance(15) { banner["mimes"] = some(["text/html", "image/png", "application/x-flash"]) }
    return banner
  }

  private mutating func market() -> [String: Any] {
    let deals = some(RandomDocuments.deals + ["d2", "other"]).map { id in
      var deal: [String: Any] = ["id": id == "3" && chance(50) ? 3 : id as Any]
      if chance(50) { deal["bidfloor"] = one([0.2, 1.5, 0, 3]) }
      if chance(20) { deal["bidfloorcur"] = one(["EUR", "XXX"]) }
      if chance(40) { deal["at"] = one([1, 2, 3]) }
      if chance(20) { deal["wseat"] = some(["nod", "s1", "s2", "x"]) }
      if chance(15) { deal["wadomain"] = some(["a.example", "B.example", "c.example"]) }
      return deal
    }
    return ["private_auction": chance(30) ? 1 : 0, "deals": deals]
  }

  private mutating func device() -> [String: Any] {
    var device: [String: Any] = [:]
    if chance(80) { device["devicetype"] = one([1, 2, 4]) }
    if chance(80) { device["os"] = one(["ios", "Android", "Windows", "tizen"]) }
    if chance(80) { device["language"] = one(["en", "fr-FR", "EN-us", "en_GB", "en-GB", "de"]) }
    if chance(80) { device["geo"] = place() }
    if chance(30) { device["ifa"] = "U\(Int.random(in: 0..<14, using: &generator))" }
    if chance(10) { device["lmt"] = one([1, "1", 0] as [Any]) }
    if chance(10) { device["dnt"] = one([1, 0]) }
    return device
  }

  private mutating func place() -> [String: Any] {
    var place: [String: Any] = ["country": one(["USA", "USA", "US", "usa", "FRA", "CAN"])]
    if chance(60) { place["region"] = one(["CA", "US-CA", "ny", "us-ny", "TX"]) }
    if chance(40) { place["city"] = one(["los angeles", "Paris"]) }
    if chance(30) { place["metro"] = one(["803", 803, "501"] as [Any]) }
    if chance(30) { place["zip"] = one(["90001", 90_001, "10001"] as [Any]) }
    return place
  }

  private mutating func user() -> [String: Any] {
    var user: [String: Any] = [:]
    func id(_ number: Int) -> String { "u\(number)" }
    if chance(50) {
      user["buyeruid"] = chance(10) ? "0" : id(.random(in: 0..<14, using: &generator))
    }
    if chance(50) {
      user["id"] = chance(10) ? "unknown" : id(.random(in: 0..<14, using: &generator))
    }
    if chance(30) {
      let list = (0..<2).map { _ in
        [
          "source": one(["partner.example", "else.example"]),
          "uids": [["id": id(.random(in: 0..<14, using: &generator))]],
        ] as [String: Any]
      }
      if chance(50) { user["eids"] = list } else { user["ext"] = ["eids": list] }
    }
    if chance(10) { user["geo"] = place() }
    return user
  }

  private mutating func regulations() -> [String: Any] {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return ["gdpr": one([0, 1])]
    case 1: return ["ext": ["gdpr": one([0, 1])]]
    case 2: return ["coppa": 1]
    case 3: return ["us_privacy": one(["1YYN", "1YNN", "1---"])]
    case 4: return ["gpp": one(["", "DBAA"])]
    default: return ["gdpr": 0, "ext": ["us_privacy": "1NYN"]]
    }
  }

  private mutating func addInventory(_ request: inout [String: Any]) {
    var object: [String: Any] = [:]
    if chance(60) { object["cat"] = some(["IAB1", "iab1-2", "IAB25-3", "IAB9"]) }
    if chance(15) { object["content"] = ["cat": some(["IAB25", "IAB7-1"])] }
    let kind = one(["site", "site", "app", "dooh"])
    if kind == "site" {
      if chance(15) { object["pagecat"] = some(RandomDocuments.categories) }
      if chance(60) {
        object["domain"] = one([
          "news.example", "www.News.example", "a.sport.news.example", "shop.example.", "x.test",
        ])
      }
      if chance(50) {
        object["page"] = one([
          "https://u:p@NEWS.example:8443/a?b=c@d", "http://shop.example", "https://x.test/#y",
        ])
      }
    } else if kind == "app", chance(85) {
      object["bundle"] = one(["COM.A", "com.b", 1_480_035_812, "com.z"] as [Any])
    }
    request[kind] = object
  }
}
