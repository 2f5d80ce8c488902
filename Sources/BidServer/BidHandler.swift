import AuctionTypes
import BidEngine
import FixedMemory
import HTTP1
import LinuxIO

/// Puts one worker's requests to the decision and its notices to the ledger, against the snapshots
/// of the turn.
package struct BidHandler: ~Copyable {
  private var pipeline: BidPipeline
  private var funnel: FunnelTracer
  /// How long the stages of a request took, now and then.
  private(set) var timing = TimingTracer { Clock.monotonicNanoseconds() }
  private let snapshots: Snapshots
  private let worker: Int
  private var nonce: AuctionNonce
  /// Judges notices.
  var notices: NoticeHandler
  /// When the turn began.
  private(set) var time = WallTime(milliseconds: 0)

  /// - Parameters:
  ///   - worker: its number, by which it reads the snapshots.
  ///   - boot: drawn at random when the process started.
  ///   - desk: what the worker's bids are paid from.
  ///   - ledger: the worker's way to the ledger thread.
  ///   - funnel: takes what becomes of line items; the worker's own.
  package init(
    snapshots: Snapshots, worker: Int, boot: UInt64, desk: consuming SpendingDesk,
    ledger: LedgerLink, funnel: FunnelCells
  ) {
    self.snapshots = snapshots
    self.worker = worker
    pipeline = BidPipeline(desk: desk)
    self.funnel = FunnelTracer(cells: funnel)
    notices = NoticeHandler(ledger)
    nonce = AuctionNonce(boot: boot, worker: UInt8(truncatingIfNeeded: worker), sequence: 0)
  }

  /// Called before requests of a turn are answered: what they read stays until the turn ends.
  mutating func beginTurn() {
    snapshots.enter(worker: worker)
    time = WallTime(milliseconds: Clock.realtimeMilliseconds())
  }

  /// Called before the worker may wait: it keeps nothing that it read.
  mutating func endTurn() {
    snapshots.leave(worker: worker)
    notices.endTurn()
  }

  /// The time within which an exchange takes answers, whatever a request allows.
  func answerMilliseconds(exchange: Int) -> Int {
    snapshots.bidding.withCurrent { Int($0.catalog.exchanges[exchange].answerMilliseconds) }
  }

  /// Counts a request that was not read among those that line items never saw.
  mutating func noteRefused(_ reason: NoBidReason) {
    funnel.passOver(.noBid(reason), isTest: false)
  }

  /// Decides on a request.
  ///
  /// - Parameters:
  ///   - body: the JSON, gunzipped.
  ///   - exchange: the place of the exchange among those configured.
  ///   - received: when the request's last bytes became readable.
  ///   - now: when the decision starts.
  ///   - response: takes the JSON of a bid.
  mutating func answer(
    _ body: RawSpan, exchange: Int, received: Instant, now: Instant,
    into response: inout FixedBuffer
  ) -> BidOutcome {
    nonce.sequence &+= 1
    let context = BidContext(
      exchange: exchange, received: received, now: now, time: time, nonce: nonce)
    return snapshots.bidding.withCurrent { bidding in
      snapshots.audience.withCurrent { audience in
        pipeline.decide(
          body, context, bidding.catalog, audience, bidding.spaces, into: &response,
          countedBy: &funnel, timedBy: &timing)
      }
    }
  }

  /// Writes the redirect to where a creative leads; false, and nothing is written, where nobody
  /// knows the creative.
  func writeRedirect(
    to creative: CreativeID, _ after: ResponseHead.Connection, into output: inout FixedBuffer
  ) -> Bool {
    snapshots.bidding.withCurrent { bidding in
      guard let url = bidding.catalog.landingURL(of: creative) else { return false }
      ResponseHead.writeRedirect(
        to: bidding.catalog.text.bytes.slice(url), after, into: &output)
      return true
    }
  }

  /// The id of the request last decided on, as it stands in its body as JSON; empty when it has
  /// none.
  var requestID: ByteSlice { pipeline.requestID }
}
