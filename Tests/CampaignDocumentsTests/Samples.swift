import CampaignDocuments

/// Documents that the tests start from.
enum Samples {
  /// A document that uses nearly every key, as advertisers write it.
  static let acme = #"""
    advertisers:
      - id: acme
        name: Acme
        domain: acme.example              # adomain
        currency: USD
        seats: {example: seat-7}
        categories: [IAB1]
        creatives:
          - {id: acme-300x250, format: banner, w: 300, h: 250,
             markup: '<a href="${CLICK_URL}"><img src="https://cdn.acme.example/b.png"></a>',
             landing_url: 'https://acme.example/', attributes: [], secure: true}
        campaigns:
          - id: acme-spring
            status: active                # active | paused | archived
            flight: {start: 2026-01-01T00:00:00Z, end: 2036-01-01T00:00:00Z}
            budget: {total_micros: 500000000, daily_micros: 50000000}
            timezone: Europe/Paris
            frequency_caps: [{impressions: 5, per: 1d}]
            line_items:
              - id: acme-spring-retarget
                status: active
                bid: {model: cpm, amount_micros: 2500000, shading: none}
                budget: {daily_micros: 10000000}
                pacing: even              # even | asap | ahead
                frequency_caps: [{impressions: 2, per: 1h}]
                creatives: [acme-300x250]
                targeting:                # a missing dimension allows everything
                  audience: {any: ["aam:24", "aam:26"], none: ["aam:99"]}
                  exchanges: {include: [example]}
                  geo: {include: [{country: FRA}, {country: USA, region: CA}], exclude: []}
                  domains: {exclude: [bad.example]}
                  apps: {include: []}
                  device_types: {include: [2, 4, 5]}
                  os: {include: [iOS, Android]}
                  languages: {include: [fr, en]}
                  categories: {exclude: [IAB25]}
                  positions: {include: [1]}
                  dayparts: [{days: [mon, tue], hours: "08-20"}]
                  deals: {include: []}
                  inventory: {include: [site, app, dooh]}
                  user_percent: {from: 0, to: 100}
    """#

  /// The smallest valid line item and all that it needs, one key a line.
  static let small = #"""
    advertisers:
      - id: a
        domain: a.example
        creatives:
          - id: c
            format: banner
            w: 300
            h: 250
            markup: <p>buy</p>
            landing_url: https://a.example/
        campaigns:
          - id: k
            budget: {daily_micros: 1}
            line_items:
              - id: l
                bid: {model: cpm, amount_micros: 1}
                creatives: [c]
    """#

  /// Where the small document's parts are.
  static let advertiser = "/advertisers/0"
  static let creative = "/advertisers/0/creatives/0"
  static let campaign = "/advertisers/0/campaigns/0"
  static let lineItem = "/advertisers/0/campaigns/0/line_items/0"

  /// References that the samples keep to.
  static let known = KnownReferences(
    exchanges: ["example", "other"],
    segments: [
      KnownReferences.SegmentScope(prefix: "aam:"),
      KnownReferences.SegmentScope(prefix: "own:", advertiser: "acme"),
    ])

  /// Reads one file.
  static func load(
    _ text: String, name: String = "d.yaml", known: KnownReferences = known
  ) -> DocumentSet {
    DocumentSet.load(
      files: [DocumentSet.File(name: name, bytes: Array(text.utf8))], known: known)
  }

  /// Reads the small document with a part replaced, which must occur in it.
  static func loadSmall(replacing old: String, with new: String) -> DocumentSet {
    precondition(small.contains(old), "the sample has no \(old)")
    return load(small.replacing(old, with: new))
  }

  /// Reads the small document with a key added to its targeting.
  static func loadTargeting(_ dimension: String) -> DocumentSet {
    load(small + "\n            targeting:\n              " + dimension)
  }
}

extension DocumentSet {
  /// The errors as lines of output.
  var errorLines: [String] {
    problems.filter { $0.severity == .error }.map { $0.description }
  }

  /// The warnings but the one about keys without effect, as lines of output.
  var warningLines: [String] {
    problems.filter { $0.severity == .warning && !$0.message.contains("without effect") }
      .map { $0.description }
  }
}
