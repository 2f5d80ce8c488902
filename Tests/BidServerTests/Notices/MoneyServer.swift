import AuctionTypes
import BidEngine
import BudgetLedger
import Foundation
import Journal
import LinuxIO
import Support

@testable import BidServer
@testable import Telemetry

/// A server whose line item bids from a real ledger with its journal in a folder.
final class MoneyServer {
  static let lineItem = "acme/spring/all"
  static let campaign = "acme/spring"
  /// What a bid reserves: a CPM of 2.
  static let bid = Money(nanos: 2_000_000)

  let server: BidServer
  let ledger: LedgerThread
  let figures = LedgerFigures()
  let numbers: LedgerNumbers

  init(folder: String, boot: UInt64, workers: Int = 2) throws {
    let disk = FolderDisk(folder)
    try disk.create()
    let cells = EscrowCells()
    let caps = CapTable()
    let lanes = (0..<workers).map { _ in LedgerLane() }
    let wakeUps = try (0..<workers).map { _ in try EventSignal() }
    let settings = LedgerSettings(lanes: workers)
    let ledger = try LedgerThread(
      LedgerOptions(disk: disk, boot: boot, settings: settings), lanes: lanes,
      workerSignals: wakeUps, cells: cells, caps: caps, figures: figures)
    self.ledger = ledger
    numbers = try ledger.adopt(Self.plan)
    let snapshots = TestServer.snapshots(
      markup: TestServer.markup, numbers: numbers, workers: workers)
    server = try BidServer(
      ServerConfiguration(
        listen: SocketAddress(host: "127.0.0.1", port: 0), workers: workers,
        exchanges: TestServer.exchanges), wakeUps: wakeUps
    ) { worker in
      BidHandler(
        snapshots: snapshots, worker: worker, boot: boot,
        desk: SpendingDesk(
          cells: cells, caps: caps, lane: lanes[worker],
          signer: NoticeSigner(key: NoticeSample.key), boot: boot, worker: UInt8(worker)),
        ledger: LedgerLink(
          lane: lanes[worker], wake: ledger.wake, cells: cells, noticeKey: NoticeSample.key,
          retentionMilliseconds: settings.retentionMilliseconds),
        funnel: FunnelCells(accounts: 16))
    }
    try server.start()
    server.setReady(true)
  }

  private static var plan: LedgerPlan {
    LedgerPlan(
      campaigns: [
        CampaignPlan(
          path: campaign, budget: BudgetPlan(total: Money(micros: 1_000_000_000)),
          lineItems: [LineItemPlan(path: lineItem, largestBid: bid)])
      ],
      creatives: [CreativePlan(path: "acme/banner", landingURL: "https://acme.example/")],
      exchanges: TestServer.exchanges.map(\.name))
  }

  func stop() {
    server.stop()
    ledger.stop()
  }

  func connect() throws -> TestClient { try TestClient(port: server.port) }

  /// Bids until there is escrow, and returns the targets of the bid's URLs by member.
  func bid(over client: TestClient) throws -> String {
    let end = Date.now.addingTimeInterval(Patience.seconds)
    while Date.now < end {
      let response = try client.exchange(Request.bid())
      if response.status == 200 { return response.text }
      Foundation.Thread.sleep(forTimeInterval: 0.001)
    }
    throw TestClient.Failure.silent
  }

  /// The path of a URL in a bid's member, with a price in its query.
  static func target(_ member: String, in bid: String, price: String) throws -> String {
    guard let start = bid.range(of: "\"\(member)\":\""),
      let path = bid[start.upperBound...].range(of: "/n/"),
      let end = bid[path.lowerBound...].firstIndex(of: "\"")
    else { throw TestClient.Failure.silent }
    return String(bid[path.lowerBound..<end]).replacing("${AUCTION_PRICE}", with: price)
  }

  /// What is booked on an account, in nano-units.
  func settled(_ path: String) -> Int64? {
    numbers.accounts[path].map { figures.settledNanos($0) }
  }
}
