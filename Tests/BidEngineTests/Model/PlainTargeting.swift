import AuctionTypes
import CampaignDocuments
import Foundation

/// Targeting in the contract's words: "an empty list equals a missing one; a value absent from the
/// request fails `include` and passes `exclude`; strings compare without case".
enum PlainTargeting {
  /// A dimension of which the request may have several values.
  static func accepts<Value: Equatable>(
    _ rule: IncludeExclude<Value>, _ matches: (Value) -> Bool
  ) -> Bool {
    (rule.include.isEmpty || rule.include.contains(where: matches))
      && !rule.exclude.contains(where: matches)
  }

  static func isSame(_ left: String, _ right: String?) -> Bool {
    left.lowercased() == right?.lowercased()
  }

  static func isGeo(_ target: GeoTarget, _ geo: [String: Any]) -> Bool {
    var country = PlainRequest.text(geo["country"])?.uppercased()
    if country?.count == 2 { country = CountryCode(assigned: country!)?.description }
    if let wanted = target.country, wanted.description != country { return false }
    if let wanted = target.region {
      let region = PlainRequest.text(geo["region"]) ?? ""
      let code = region.split(separator: "-").last.map(String.init) ?? ""
      if !isSame(wanted, code) { return false }
    }
    for (key, wanted) in [("city", target.city), ("metro", target.metro), ("zip", target.zip)] {
      if let wanted, !isSame(wanted, PlainRequest.text(geo[key])) { return false }
    }
    return true
  }

  /// The domain of a site request: `site.domain`, else the host of `site.page`.
  static func domain(_ site: [String: Any]) -> String? {
    let page = PlainRequest.text(site["page"]).flatMap { URLComponents(string: $0)?.host }
    guard var domain = PlainRequest.text(site["domain"]) ?? page else { return nil }
    if domain.hasSuffix(".") { domain.removeLast() }
    return domain.lowercased()
  }

  /// Domains and apps together; nil is acceptance, else the stage that refuses.
  static func sourceProblem(
    _ targeting: Targeting, _ inventory: (kind: String, object: [String: Any])?
  ) -> NoBidReason? {
    let isSite = inventory?.kind == "site"
    let isApp = inventory?.kind == "app"
    let domain = isSite ? inventory.flatMap { Self.domain($0.object) } : nil
    let bundle = isApp ? inventory.flatMap { PlainRequest.text($0.object["bundle"]) } : nil
    func isDomain(_ wanted: String) -> Bool {
      domain.map { $0 == wanted || $0.hasSuffix("." + wanted) } ?? false
    }
    let wantsSome = !targeting.domains.include.isEmpty || !targeting.apps.include.isEmpty
    let isWanted =
      targeting.domains.include.contains(where: isDomain)
      || targeting.apps.include.contains { isSame($0, bundle) }
    let isExcluded =
      targeting.domains.exclude.contains(where: isDomain)
      || targeting.apps.exclude.contains { isSame($0, bundle) }
    return wantsSome && !isWanted || isExcluded ? (isApp ? .app : .domain) : nil
  }

  static func language(_ wanted: String, _ language: String?) -> Bool {
    guard let language = language?.lowercased() else { return false }
    let primary = language.prefix { $0 != "-" && $0 != "_" }
    return wanted.lowercased() == language || wanted.lowercased() == primary
  }

  /// Whether a category is another one or below it.
  static func isCategory(_ category: String, below other: String) -> Bool {
    let category = category.lowercased()
    return category == other.lowercased() || category.hasPrefix(other.lowercased() + "-")
  }

  static func isIn(_ dayparts: [Daypart], zone: String, _ time: WallTime) -> Bool {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: zone)!
    let parts = calendar.dateComponents(
      [.weekday, .hour], from: Date(timeIntervalSince1970: Double(time.milliseconds) / 1_000))
    let day = (parts.weekday! + 5) % 7
    return dayparts.isEmpty
      || dayparts.contains { $0.contains(dayFromMonday: day, hour: parts.hour!) }
  }

  static func holds(_ clause: AudienceExpression, _ segments: Set<String>) -> Bool {
    switch clause {
    case .segment(let name): segments.contains(name)
    case .any(let parts): parts.contains { holds($0, segments) }
    case .all(let parts): parts.allSatisfy { holds($0, segments) }
    case .none(let parts): !parts.contains { holds($0, segments) }
    }
  }
}
