/// What the tests of a running server start from.
enum ServingSamples {
  /// One exchange, one source that everyone may use, and suppression.
  static let configuration = """
    data_dir: data
    documents: [acme.yaml]
    bidder: {workers: 2}
    audience:
      inbox: inbox
      poll_interval: 20ms
      sources:
        - {name: aam, format: adobe-outbound, id_space: nod, segment_prefix: "aam:"}
        - {name: optout, format: suppression}
    exchanges:
      - {name: example, deadline: 10s, test_header: true}
      - {name: quiet}
    currencies: {EUR: 1.25}
    """

  /// A line item for users of segment 24, at a price.
  static func document(amountMicros: Int, segment: String = "aam:24") -> String {
    """
    advertisers:
      - id: acme
        domain: acme.example
        creatives:
          - id: c
            format: banner
            w: 300
            h: 250
            markup: <a href="${CLICK_URL}">buy</a>
            landing_url: https://acme.example/
        campaigns:
          - id: k
            budget: {total_micros: 1000000000}
            line_items:
              - id: l
                bid: {model: cpm, amount_micros: \(amountMicros)}
                creatives: [c]
                targeting: {audience: {any: ["\(segment)"]}}
    """
  }

  /// A banner request of a user.
  static func request(id: String = "r1", buyer: String) -> String {
    """
    {"id":"\(id)","tmax":5000,"imp":[{"id":"1","banner":{"w":300,"h":250},"bidfloor":0.01}],\
    "site":{"domain":"news.example"},"user":{"buyeruid":"\(buyer)"}}
    """
  }

  /// A folder with the configuration and its document.
  static func folder(amountMicros: Int = 2_500_000) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(configuration, to: "nod.yaml")
    try folder.write(document(amountMicros: amountMicros), to: "acme.yaml")
    return folder
  }

  /// The name of a file of the source `aam`.
  static func fileName(mode: String = "iter", timestamp: Int) -> String {
    "ftp_2201_3301_acme_\(mode)_\(timestamp).sync"
  }
}
