import LinuxIO

/// What the data plane is started with.
package struct ServerConfiguration: Sendable {
  /// Where to listen; port 0 lets the system choose.
  package var listen: SocketAddress
  /// Threads, each with a listener and connections of its own.
  package var workers: Int
  /// The bytes that a body may have, also after it was gunzipped.
  package var maxBodyBytes: Int
  /// Exchange 0, 1, … of the catalog, in order.
  package var exchanges: [ExchangeEndpoint]
  package var limits: ServerLimits
  /// Microseconds for which a worker looks for events again and again before it sleeps.
  package var busyPollMicroseconds: Int

  package init(
    listen: SocketAddress, workers: Int = 1, maxBodyBytes: Int = 256 << 10,
    exchanges: [ExchangeEndpoint], limits: ServerLimits = ServerLimits(),
    busyPollMicroseconds: Int = 0
  ) {
    precondition((1...BidServerLimits.workers).contains(workers))
    precondition(exchanges.count <= BidServerLimits.exchanges)
    precondition((0...BidServerLimits.busyPollMicroseconds).contains(busyPollMicroseconds))
    precondition(maxBodyBytes > 0 && limits.connections >= workers)
    self.listen = listen
    self.workers = workers
    self.maxBodyBytes = maxBodyBytes
    self.exchanges = exchanges
    self.limits = limits
    self.busyPollMicroseconds = busyPollMicroseconds
  }
}

/// An exchange as the data plane sees it: `POST /openrtb2/{name}`.
package struct ExchangeEndpoint: Sendable {
  package var name: String
  package var noBidForm: NoBidForm
  /// Whether no-bids carry their reason in `X-Nod-Reason`.
  package var hasTestHeader: Bool

  /// How an exchange wants to be told that there is no bid.
  package enum NoBidForm: UInt8, Sendable, BitwiseCopyable {
    /// 204.
    case noContent
    /// `{}`.
    case emptyObject
    /// The request's id and an empty `seatbid`.
    case emptySeatBid
    /// The request's id and the reason's code.
    case reasonCode
  }

  /// - Precondition: the name's bytes are between 1 and ``BidServerLimits/exchangeNameBytes``.
  package init(name: String, noBidForm: NoBidForm = .noContent, hasTestHeader: Bool = false) {
    precondition((1...BidServerLimits.exchangeNameBytes).contains(name.utf8.count))
    self.name = name
    self.noBidForm = noBidForm
    self.hasTestHeader = hasTestHeader
  }
}
