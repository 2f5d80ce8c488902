import AuctionTypes
import AudienceIndex
import BidEngine
import BudgetLedger
import CampaignCatalog
import CampaignDocuments
import LinuxIO

@testable import BidServer
@testable import Telemetry

/// A server of one worker on a free port, stopped when the value ends.
final class TestServer {
  let server: BidServer
  /// The far end of its lanes.
  let ledger: LedgerStand
  /// What its workers count of line items.
  let funnel: FunnelCounters

  /// The markup that a server of bids answers with.
  static let markup = "<b>hello</b>"

  /// Whether a body is a BidResponse with the markup.
  static func isBid(_ text: String) -> Bool {
    text.hasPrefix("{\"id\":\"1\",\"seatbid\":[{") && text.contains("\"adm\":\"\(markup)<img ")
  }

  /// Of these, "late" leaves no time for an answer.
  static let exchanges = [
    ExchangeEndpoint(name: "example"), ExchangeEndpoint(name: "tested", hasTestHeader: true),
    ExchangeEndpoint(name: "object", noBidForm: .emptyObject),
    ExchangeEndpoint(name: "seatbid", noBidForm: .emptySeatBid),
    ExchangeEndpoint(name: "nbr", noBidForm: .reasonCode, hasTestHeader: true),
    ExchangeEndpoint(name: "a-name-longer-than-a-word"),
    ExchangeEndpoint(name: "late", noBidForm: .reasonCode, hasTestHeader: true),
  ]

  /// - Parameter markup: what every banner of 300 × 250 is answered with; nil for no bids at all.
  init(
    markup: String? = nil, workers: Int = 1, maxBodyBytes: Int = 256 << 10,
    notices: Int = LedgerLimits.noticesInLane, _ change: (inout ServerLimits) -> Void = { _ in }
  ) throws {
    var limits = ServerLimits()
    limits.drainIdleMilliseconds = 50
    limits.lingerMilliseconds = 200
    change(&limits)
    let snapshots = Self.snapshots(
      markup: markup, numbers: Self.numbers(markup: markup), workers: workers)
    let ledger = try LedgerStand(workers: workers, notices: notices)
    self.ledger = ledger
    let funnel = FunnelCounters(workers: workers, accounts: 16)
    self.funnel = funnel
    server = try BidServer(
      ServerConfiguration(
        listen: SocketAddress(host: "127.0.0.1", port: 0), workers: workers,
        maxBodyBytes: maxBodyBytes, exchanges: Self.exchanges, limits: limits),
      wakeUps: ledger.wakeUps
    ) {
      BidHandler(
        snapshots: snapshots, worker: $0, boot: 7, desk: .withoutLedger(),
        ledger: ledger.link($0), funnel: funnel.workers[$0])
    }
    try server.start()
    server.setReady(true)
  }

  deinit { server.stop() }

  private static func numbers(markup: String?) -> LedgerNumbers {
    .sequential(for: advertisers(markup: markup), exchanges: rules)
  }

  private static func advertisers(markup: String?) -> [Advertiser] {
    markup.map { [advertiser(markup: $0)] } ?? []
  }

  private static var rules: [ExchangeRules] {
    exchanges.map {
      ExchangeRules(name: $0.name, deadlineMilliseconds: $0.name == "late" ? 10 : 10_000)
    }
  }

  /// What bids are made by: one line item, `acme/spring/all`, at a CPM of 2.
  static func snapshots(markup: String?, numbers: LedgerNumbers, workers: Int) -> Snapshots {
    let names = exchanges.map(\.name)
    let compiler = CatalogCompiler(
      advertisers: advertisers(markup: markup), exchanges: rules, numbers: numbers,
      landingURLs: [NoticeSample.creative: NoticeSample.landingURL], registry: SegmentRegistry(),
      now: WallTime(milliseconds: 0))
    let spaces = IdentitySpaces(
      spaces: [], sources: [], exchangeSpaces: names, key: HashKey(first: 1, second: 2))
    return Snapshots(
      bidding: BiddingSnapshot(catalog: compiler.compile(), spaces: spaces),
      audience: .empty(), workers: workers)
  }

  private static func advertiser(markup: String) -> Advertiser {
    Advertiser(
      id: "acme", name: "Acme", domain: "acme.example",
      creatives: [
        Creative(
          id: "banner", widthPixels: 300, heightPixels: 250, markup: markup,
          landingURL: "https://acme.example/")
      ],
      campaigns: [
        Campaign(
          id: "spring", budget: .unlimited,
          lineItems: [
            LineItem(id: "all", bid: Bid(amountMicros: 2_000_000), creativeIDs: ["banner"])
          ])
      ])
  }

  func connect() throws -> TestClient { try TestClient(port: server.port) }

  /// The notices counted by the workers.
  func notices(_ kind: NoticeKind, _ result: NoticeResult) -> UInt64 {
    server.metrics.reduce(0) {
      $0 + $1.notices(kind: Int(kind.rawValue), result: Int(result.rawValue))
    }
  }

  /// The errors counted with a status, for an exchange or for none.
  func errors(_ status: UInt16, exchange: Int? = 0) -> UInt64 {
    let place = WorkerMetrics.statuses.firstIndex(of: status) ?? WorkerMetrics.statuses.count - 1
    return server.metrics.reduce(0) {
      $0 + $1.errors(exchange: exchange ?? $1.noExchange, statusIndex: place)
    }
  }
}

/// A request's bytes.
enum Request {
  static let body = "{\"id\":\"1\",\"imp\":[{\"id\":\"1\",\"banner\":{\"w\":300,\"h\":250}}]}"

  /// The end of a head and the body.
  static let lengthAndBody = "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"

  static func bid(
    _ body: String = body, exchange: String = "example", fields: String = ""
  ) -> String {
    """
    POST /openrtb2/\(exchange) HTTP/1.1\r\nHost: a\r\n\(fields)\
    Content-Length: \(body.utf8.count)\r\n\r\n\(body)
    """
  }

  static func head(_ line: String, _ fields: String = "") -> String {
    "\(line) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
  }
}
