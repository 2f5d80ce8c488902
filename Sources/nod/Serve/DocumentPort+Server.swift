import ControlPlane
import Logging

extension DocumentPort {
  /// What a running server lends the desk.
  init(_ publication: Publication, ledger: LedgerService, numbers: NumbersInForce) {
    self.init(
      known: { publication.input.configuration.knownReferences },
      hasSpent: { ledger.hasSpent($0, numbers.value) },
      sources: { advertiser in
        publication.input.configuration.audience.sources
          .filter { $0.advertiser == advertiser }.map { $0.name }
      },
      publish: { try publication.publish($0) },
      log: { Logger(label: "nod").log(.error, .documents, "nod: \($0)") })
  }
}
