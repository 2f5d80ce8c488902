import ControlStore
import Reporting

/// What the control plane works on, lent by the process around it.
package struct ControlParts: Sendable {
  /// Keys, documents, audit.
  package var database: ControlDatabase
  /// Who may come in.
  package var access: AccessControl
  /// The advertisers that bids are made for.
  package var advertisers: AdvertisersInForce
  /// Where their documents are changed.
  package var documents: DocumentDesk
  /// The counters as Prometheus' text, read once a scrape.
  package var metrics: @Sendable () -> String
  /// What was delivered and planned.
  package var reports: ReportDesk
  /// How requests are explained.
  package var explain = ExplainPort.none
  /// What is counted of line items.
  package var funnel = FunnelPort.none
  /// Takes audience files in; nil where there is no inbox.
  package var uploads: UploadDesk?

  /// What it answered so far.
  package let traffic: ControlTraffic

  package init(
    database: ControlDatabase, access: AccessControl, advertisers: AdvertisersInForce,
    documents: DocumentDesk, metrics: @escaping @Sendable () -> String,
    reports: ReportDesk? = nil, traffic: ControlTraffic = ControlTraffic()
  ) {
    self.database = database
    self.access = access
    self.advertisers = advertisers
    self.documents = documents
    self.metrics = metrics
    self.reports = reports ?? ReportDesk(database: database)
    self.traffic = traffic
  }
}
