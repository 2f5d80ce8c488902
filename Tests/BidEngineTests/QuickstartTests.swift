import AuctionTypes
import AudienceIndex
import CampaignCatalog
import CampaignDocuments
import Compression
import FixedMemory
import Foundation
import Testing

@testable import BidEngine

/// The quickstart's requests against its advertiser and its audience files, as they are shipped.
struct QuickstartTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("examples/quickstart")

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
  }

  private func unpacked(_ name: String) throws -> String {
    let packed = Array(try Data(contentsOf: Self.folder.appendingPathComponent(name)))
    var reader = try GzipReader()
    var output = FixedBuffer(capacity: 1 << 20)
    var offset = 0
    while try reader.read(
      into: &output,
      refill: { input in
        let count = min(input.freeCapacity, packed.count - offset)
        input.append(packed.rawSpan.slice(offset, count))
        offset += count
      })
    {}
    var bytes: [UInt8] = []
    for index in 0..<output.count { bytes.append(output.bytes.byte(at: index)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Users by `nod:id` after the full file and the iterative one.
  private func users() throws -> [String: [String]] {
    var users: [String: Set<String>] = [:]
    func segments(_ list: Substring) -> Set<String> {
      Set(list.split(separator: ",").map { "aam:\($0)" })
    }
    for line in try text("audience/aam/ftp_2201_3301_acme_full_1700000000000.sync").split(
      separator: "\n")
    {
      let fields = line.split(separator: " ")
      users["nod:\(fields[0])"] = fields.count > 1 ? segments(fields[1]) : []
    }
    let changes = try unpacked("audience/aam/ftp_2201_3301_acme_iter_1700003600000.sync.gz")
    for line in changes.split(separator: "\n") {
      let fields = line.split(separator: " ", omittingEmptySubsequences: false)
      let user = "nod:\(fields[0])"
      users[user, default: []].formUnion(segments(fields[1]))
      if fields.count > 2 { users[user]?.subtract(segments(fields[2])) }
    }
    return users.mapValues { $0.sorted() }
  }

  private func engine() throws -> Engine {
    let suppressed = try text("audience/optout/optout_1700003600000.txt").split(separator: "\n")
      .compactMap { $0.split(separator: "\t").first.map(String.init) }
    #expect(suppressed.count == 25)
    let document = DocumentSet.load(
      paths: [Self.folder.appendingPathComponent("acme.yaml").path])
    #expect(!document.isRejected)
    let engine = Engine(
      document.advertisers,
      exchanges: [ExchangeRules(name: "example"), ExchangeRules(name: "metro")],
      rates: [CurrencyCode("EUR")!: 1_080_000_000], users: try users(), suppressed: suppressed)
    // Every line item has plenty, but the one whose budget pays for one impression.
    engine.purse.refill(at: Samples.monday)
    engine.purse.fill("acme/acme-tasters/taster-once", Money(micros: 5_000))
    return engine
  }

  /// The requests as they are written, with their names and exchanges.
  private func requests() throws -> [(name: String, exchange: String, json: String)] {
    try text("requests.ndjson").split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let start = try #require(line.range(of: #""request":"#)).upperBound
      return (
        try #require(object?["name"] as? String), try #require(object?["exchange"] as? String),
        String(line[start...].dropLast())
      )
    }
  }

  @Test func everyRequestGetsWhatIsExpected() throws {
    let engine = try engine()
    let requests = try requests()
    let data = Data(try text("expected.json").utf8)
    let expectations = try #require(
      try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(requests.map(\.name) == expectations.map { $0["name"] as? String })
    var bids = 0
    for (request, expected) in zip(requests, expectations) {
      let exchange = request.exchange == "metro" ? 1 : 0
      let answer = engine.answer(request.json, exchange: exchange)
      #expect(answer.reason?.name.description == expected["reason"] as? String, "\(request.name)")
      guard expected["outcome"] as? String == "bid" else { continue }
      bids += 1
      try check(answer, expected, request.name, request.json)
    }
    #expect(bids >= 20)
  }

  private func check(
    _ answer: Answer, _ expected: [String: Any], _ name: String, _ json: String
  ) throws {
    guard answer.outcome == .bid else {
      Issue.record("\(name): \(answer.outcome)")
      return
    }
    let bids = try answer.bids()
    let wanted = try #require(expected["bids"] as? [[String: Any]])
    #expect(try answer.object()["cur"] as? String == expected["cur"] as? String, "\(name)")
    if expected["others"] as? Bool == false { #expect(bids.count == wanted.count, "\(name)") }
    let impressions = try PlainRequest(json).impressions.map { "\($0["id"] ?? "")" }
    for bid in wanted {
      let impression = try #require(bid["impid"] as? String)
      let price = (bid["price"] as? Double).map { Int64(($0 * 1_000_000).rounded()) }
      let found = bids.contains { other in
        other.impression == impression && other.deal == bid["dealid"] as? String
          && (price == nil || other.priceMicros == price)
      }
      #expect(found, "\(name): no bid \(bid)")
      guard let path = bid["line_item"] as? String, let price else { continue }
      let index = try #require(impressions.firstIndex(of: impression))
      let verdicts = answer.lines.first { $0.path == path }?.verdicts
      #expect(verdicts?[index] == .bids(CPM(micros: price)), "\(name): \(path)")
    }
  }
}
