import AuctionTypes
import CampaignDocuments
import Foundation
import OpenRTB

/// What of a creative is worked out before any bid.
enum CreativeCompiler {
  /// The markup cut at each `${CLICK_URL}`, and behind its end the pixel up to its URL; exchange
  /// macros stay.
  static func markupPieces(of creative: Creative) -> [String] {
    var pieces = creative.markup.components(separatedBy: "${CLICK_URL}")
    pieces[pieces.count - 1] += "<img src=\""
    return pieces
  }

  /// The constant members of a bid on an exchange, up to its markup; `crid` is the exchange's id
  /// where it has one.
  static func members(
    of creative: Creative, advertiser: Advertiser, exchange: String
  ) -> String {
    let text = JSONText.quoted
    var members = [
      "\"adid\":\(text(creative.id))",
      "\"crid\":\(text(creative.exchangeIDs[exchange] ?? creative.id))",
      "\"adomain\":[\(text(advertiser.domain))]",
    ]
    if !advertiser.categories.isEmpty {
      members.append("\"cat\":[\(advertiser.categories.map(text).joined(separator: ","))]")
    }
    if let bundle = bundle(ofLandingURL: creative.landingURL) {
      members.append("\"bundle\":\(text(bundle))")
    }
    members.append(
      "\"w\":\(creative.widthPixels),\"h\":\(creative.heightPixels),\"mtype\":1,\"adm\":\"")
    return members.joined(separator: ",")
  }

  /// The creative attributes below 64 as bits.
  static func attributes(of creative: Creative) -> UInt64 {
    creative.attributes.reduce(0) { (0..<64).contains($1) ? $0 | 1 << UInt64($1) : $0 }
  }

  /// The creative attributes from 64 on.
  static func otherAttributes(of creative: Creative) -> [Int32] {
    creative.attributes.compactMap { $0 < 64 ? nil : Int32(exactly: $0) }
  }

  /// The banner types as bits: 3 has a script, 4 an iframe; without either it is 2, HTML.
  static func bannerTypes(of creative: Creative) -> UInt64 {
    let markup = creative.markup.lowercased()
    let types: UInt64 =
      (markup.contains("<script") ? 1 << 3 : 0) | (markup.contains("<iframe") ? 1 << 4 : 0)
    return types == 0 ? 1 << 2 : types
  }

  /// The app that a landing URL leads to: the `id` of Google Play, the number of Apple's App Store.
  static func bundle(ofLandingURL url: String) -> String? {
    guard let parts = URLComponents(string: url), let host = parts.host?.lowercased() else {
      return nil
    }
    switch host {
    case "play.google.com": return parts.queryItems?.first { $0.name == "id" }?.value
    case "apps.apple.com", "itunes.apple.com":
      let last = parts.path.split(separator: "/").last { $0.hasPrefix("id") }
      guard let digits = last?.dropFirst(2), !digits.isEmpty,
        digits.allSatisfy({ $0.isASCII && $0.isNumber })
      else { return nil }
      return String(digits)
    default: return nil
    }
  }
}
