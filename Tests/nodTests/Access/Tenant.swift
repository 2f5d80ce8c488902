/// Whose the objects are that a request asks for. The names are of one length, and occur in nothing
/// but what is theirs, so that an answer about one can be compared with an answer about another.
enum Tenant: String, CaseIterable {
  case acme
  case zorg
  /// Has no object at all.
  case none = "nemo"

  var advertiser: String { rawValue }
  var campaign: String { "\(rawValue)-spring" }
  var lineItem: String { "\(rawValue)-item" }
  var creative: String { "\(rawValue)-300x250" }
  var source: String { "\(rawValue)-crm" }
  var segment: String { "\(rawValue):24" }
  /// The site that the tenant's line item wants.
  var domain: String { "\(rawValue).example" }
  /// The line item as the audit log names it.
  var auditedItem: String { "\(advertiser)/line-items/\(lineItem)" }
  /// What the tenant pays for its one impression: told from another's, and from the sum.
  var spendMicros: Int {
    switch self {
    case .acme: 1511
    case .zorg: 1733
    case .none: 0
    }
  }

  /// The first is taken in, the second broke off.
  func file(_ number: Int) -> String {
    "ftp_2201_3301_\(rawValue)_iter_170000000000\(number).sync"
  }

  /// What the first file holds.
  var fileText: String { "user-1 24\n\(rawValue)-broken\n" }

  /// The tenant's document, in which every text that is its author's names the tenant.
  var document: String {
    """
    {"id":"\(advertiser)","name":"\(rawValue) trade secret","domain":"\(domain)","creatives":[\
    \(creativeBody)],"campaigns":[\(campaignBody(#","line_items":[\#(lineItemBody)]"#))]}
    """
  }

  var advertiserBody: String {
    #"{"id":"\#(advertiser)","name":"\#(rawValue) trade secret","domain":"\#(domain)"}"#
  }

  var creativeBody: String {
    """
    {"id":"\(creative)","format":"banner","w":300,"h":250,\
    "markup":"<a href=\\"${CLICK_URL}\\">\(rawValue)</a>","landing_url":"https://\(domain)/"}
    """
  }

  func campaignBody(_ more: String = "") -> String {
    """
    {"id":"\(campaign)","budget":{"total_micros":1000000000}\(more)}
    """
  }

  var lineItemBody: String {
    """
    {"id":"\(lineItem)","bid":{"model":"cpm","amount_micros":2500000},\
    "creatives":["\(creative)"],"targeting":{"domains":{"include":["\(domain)"]},\
    "audience":{"any":["\(segment)"]}}}
    """
  }

  /// A bid request that the tenant's line item wants.
  var request: String {
    """
    {"id":"r","tmax":5000,"imp":[{"id":"1","banner":{"w":300,"h":250},"bidfloor":0.01}],\
    "site":{"domain":"\(domain)"},"user":{"buyeruid":"user-1"}}
    """
  }
}
