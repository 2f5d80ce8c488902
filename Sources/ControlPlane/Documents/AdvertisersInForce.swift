import CampaignDocuments
import Synchronization

/// The advertisers that bids are made for at the moment, with all below them.
package final class AdvertisersInForce: Sendable {
  private let advertisers: Mutex<[Advertiser]>

  package init(_ advertisers: [Advertiser] = []) {
    self.advertisers = Mutex(advertisers)
  }

  /// All of them, in the order of the documents.
  package var value: [Advertiser] { advertisers.withLock { $0 } }

  /// Replaces all of them.
  package func set(_ value: [Advertiser]) { advertisers.withLock { $0 = value } }
}
