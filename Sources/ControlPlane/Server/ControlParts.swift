import ControlStore

/// What the control plane works on, lent by the process around it.
package struct ControlParts: Sendable {
  /// Keys, documents, audit.
  package var database: ControlDatabase
  /// The bearer token of the first administrator.
  package var administratorToken: [UInt8]
  /// The advertisers that bids are made for.
  package var advertisers: AdvertisersInForce
  /// The counters as Prometheus' text, read once a scrape.
  package var metrics: @Sendable () -> String

  package init(
    database: ControlDatabase, administratorToken: [UInt8], advertisers: AdvertisersInForce,
    metrics: @escaping @Sendable () -> String
  ) {
    self.database = database
    self.administratorToken = administratorToken
    self.advertisers = advertisers
    self.metrics = metrics
  }
}
