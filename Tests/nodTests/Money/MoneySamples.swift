import Foundation
import Support

/// What the tests of budgets and notices start from: one line item that wants any impression.
enum MoneySamples {
  /// One exchange, whose bids wait for their notices as long as a test says.
  static func configuration(window: String = "60s") -> String {
    """
    data_dir: data
    documents: [acme.yaml]
    bidder: {workers: 2}
    exchanges:
      - {name: example, deadline: 10s, test_header: true, notice_window: \(window)}
    """
  }

  /// A campaign of one line item that bids 2.50: 2,500 micros an impression.
  static func document(
    budget: String, status: String = "active", lineItem: String = "pacing: asap"
  ) -> String {
    """
    advertisers:
      - id: acme
        domain: acme.example
        creatives:
          - id: c
            format: banner
            w: 300
            h: 250
            markup: <a href="${CLICK_URL}">buy</a>
            landing_url: https://acme.example/landing
        campaigns:
          - id: k
            status: \(status)
            budget: \(budget)
            line_items:
              - {id: l, bid: {model: cpm, amount_micros: 2500000}, creatives: [c], \(lineItem)}
    """
  }

  /// A folder with both.
  static func folder(
    budget: String = "{total_micros: 1000000000}", lineItem: String = "pacing: asap",
    window: String = "60s"
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(configuration(window: window), to: "nod.yaml")
    try folder.write(document(budget: budget, lineItem: lineItem), to: "acme.yaml")
    return folder
  }

  /// A banner request of a user.
  static func request(user: String = "u1", isTest: Bool = false) -> String {
    """
    {"id":"r1","tmax":5000,"test":\(isTest ? 1 : 0),"imp":[{"id":"1","banner":{"w":300,"h":250}}],\
    "site":{"domain":"news.example"},"user":{"buyeruid":"\(user)"}}
    """
  }
}

/// The only bid of an answer, with its URLs.
struct MadeBid: Decodable {
  let id: String
  let price: Double
  let nurl: String
  let burl: String
  let lurl: String
  let adm: String

  private struct Response: Decodable {
    struct Seat: Decodable { let bid: [MadeBid] }
    let seatbid: [Seat]
  }

  /// Nil where there is no bid.
  init?(_ answer: TestAnswer) {
    guard answer.status == 200,
      let response = try? JSONDecoder().decode(Response.self, from: Data(answer.body)),
      let bid = response.seatbid.first?.bid.first
    else { return nil }
    self = bid
  }

  /// The URLs in the markup: where a click leads, and what shows that it was seen.
  var markupURLs: [String] {
    adm.split(separator: "\"").map(String.init).filter { $0.contains("/n/") }
  }
}

extension ServerProcess {
  /// The bid that a user's request gets, or nil.
  func bid(user: String = "u1", isTest: Bool = false) throws -> MadeBid? {
    MadeBid(try post(MoneySamples.request(user: user, isTest: isTest)))
  }

  /// Waits for a bid.
  func waitForBid(seconds: Double = Patience.seconds, user: String = "u1") throws -> MadeBid {
    var made: MadeBid?
    try wait(seconds: seconds, for: "a bid") {
      made = try bid(user: user)
      return made != nil
    }
    guard let made else { throw Failure(description: "no bid") }
    return made
  }

  /// Why a user's request gets no bid; nil when it does.
  func refusal(user: String = "u1") throws -> String? {
    try post(MoneySamples.request(user: user)).header("X-Nod-Reason")
  }

  /// Calls a URL of a bid at a price, and returns the answer.
  func call(_ url: String, price: String = "2.5") throws -> TestAnswer {
    let path = url.range(of: "/n/").map { String(url[$0.lowerBound...]) } ?? url
    var client = try TestClient(port: port)
    return try client.request(
      "GET", path.replacing("${AUCTION_PRICE}", with: price))
  }

  /// What the metrics say of a notice's outcomes.
  func notices(_ kind: String, _ result: String) throws -> Double {
    try metrics()["nod_notices_total{kind=\"\(kind)\",result=\"\(result)\"}"] ?? 0
  }

  /// What the advertiser has spent, in micros.
  func spendMicros() throws -> Double? {
    try metrics()[#"nod_spend_micros_total{advertiser="acme"}"#]
  }

  /// Reloads and waits for it.
  func reload(_ count: Int = 1) throws {
    send(SIGHUP)
    try wait(for: "the reload") {
      errors.components(separatedBy: "nod: reloaded").count > count
    }
  }
}
