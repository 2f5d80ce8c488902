import CampaignDocuments

@testable import nod

/// Configurations that the tests start from.
enum Samples {
  /// A configuration that uses every key.
  static let full = """
    data_dir: var/nod
    documents: [examples/quickstart/acme.yaml]
    bidder:
      listen: 127.0.0.1:8080
      workers: auto
      public_url: http://127.0.0.1:8080
      public_url_tls: https://127.0.0.1:8443
      tls: {listen: 127.0.0.1:8443, certificate: cert.pem, key: key.pem}
      max_body_bytes: 262144
      notice_key_file: notice.key
    control:
      listen: 127.0.0.1:8081
      token_file: control.token
    audience:
      inbox: inbox
      poll_interval: 1s
      max_invalid: 5%
      sources:
        - {name: aam, format: adobe-outbound, id_space: nod, segment_prefix: "aam:", ttl: 120d,
           full_replaces: users,
           manifest: optional,
           batch_timeout: 1h}
        - {name: optout, format: suppression}
      id_spaces: [{name: nod, id_format: any}]
    exchanges:
      - name: example
        seat: "nod"
        id_space: example
        deadline: 100ms
        network_margin: 10ms
        notice_window: 60s
        send_exp: false
        bill_on: burl
        no_bid: "204"
        ping: none
        price_decoder: plain
        price_decimals: 4
        bids_per_imp: 1
        test_header: false
    notice_retention: 30d
    currencies: {EUR: 1.08}
    privacy:
      tcf: {vendor_id: 9999, audience_purposes: [1, 4], bid_purposes: [2], legitimate_interest: [2]}
      without_consent: contextual
      gdpr_default: 1
    """

  /// Reads a text.
  static func load(
    _ text: String, environment: [String: String] = [:]
  ) -> LoadedConfiguration {
    Configuration.load(text: text, name: "n.yaml", environment: environment)
  }

  /// Reads the full configuration with a part replaced, which must occur in it.
  static func loadFull(replacing old: String, with new: String) -> LoadedConfiguration {
    precondition(full.contains(old), "the sample has no \(old)")
    return load(full.replacing(old, with: new, maxReplacements: 1))
  }
}

extension LoadedConfiguration {
  /// The errors as lines of output.
  var errorLines: [String] {
    problems.filter { $0.severity == .error }.map { $0.description }
  }

  /// The warnings as lines of output.
  var warningLines: [String] {
    problems.filter { $0.severity == .warning }.map { $0.description }
  }
}
