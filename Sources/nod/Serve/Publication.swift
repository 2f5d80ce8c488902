import AudienceIndex
import BidEngine
import BidServer
import CampaignDocuments
import Synchronization

/// Lets configurations and documents take effect in a running server, one after the other.
final class Publication: Sendable {
  private let ledger: LedgerService
  private let snapshots: Snapshots
  private let store: AudienceStore
  private let numbers: NumbersInForce
  private let port: UInt16
  private let inForce: Mutex<ServeInput>
  /// The last snapshot's; a server starts with the first. Held while one takes effect.
  private let generation = Mutex<UInt64>(1)

  /// - Parameter port: the data plane's.
  init(
    _ input: ServeInput, ledger: LedgerService, snapshots: Snapshots, store: AudienceStore,
    numbers: NumbersInForce, port: UInt16
  ) {
    self.ledger = ledger
    self.snapshots = snapshots
    self.store = store
    self.numbers = numbers
    self.port = port
    inForce = Mutex(input)
  }

  /// What is in force.
  var input: ServeInput { inForce.withLock { $0 } }

  /// Lets advertisers take effect under the configuration of the moment.
  func publish(_ advertisers: [Advertiser]) throws(CommandFailure) {
    try generation.withLock { generation throws(CommandFailure) in
      try publish(input.with(advertisers), &generation)
    }
  }

  /// Lets a configuration take effect with advertisers.
  func publish(_ input: ServeInput, _ advertisers: [Advertiser]) throws(CommandFailure) {
    try generation.withLock { generation throws(CommandFailure) in
      try publish(input.with(advertisers), &generation)
    }
  }

  /// Budgets first, so that what was paused or lowered has stopped when the new catalog is seen.
  private func publish(
    _ input: ServeInput, _ generation: inout UInt64
  ) throws(CommandFailure) {
    let numbers = try ledger.adopt(input)
    generation += 1
    snapshots.bidding.publish(
      BiddingSnapshot(
        input, MoneyInput(numbers: numbers, landingURLs: ledger.landingURLs, port: port),
        registry: store.registry, key: store.hashKey, generation: generation))
    self.numbers.set(numbers)
    inForce.withLock { $0 = input }
  }
}
