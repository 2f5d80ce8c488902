import Foundation

/// The same reading as `BidRequest.decode`, written plainly over Foundation's tree.
struct ReferenceRequest {
  let root: [String: Any]

  func summary() -> [String: String] {
    var lines: [String: String] = [:]
    lines["id"] = text(root["id"])
    lines["at"] = "\(integer(root["at"]) ?? 2)"
    lines["tmax"] = positive(root["tmax"]).map { "\($0)" }
    lines["test"] = "\(flag(root["test"]) == 1)"
    lines["cur"] = texts(root["cur"]).map(currency).joined(separator: "|")
    lines["cattax"] = "\(integer(root["cattax"]) ?? 1)"
    for name in ["bcat", "acat", "badv", "bapp", "wseat", "bseat", "wlang"] {
      lines[name] = texts(root[name]).joined(separator: "|")
    }
    let impressions = root["imp"] as? [Any] ?? []
    lines["imps"] = "\(impressions.count)"
    for (index, impression) in impressions.enumerated() {
      add(impression: object(impression), index, to: &lines)
    }
    addInventory(to: &lines)
    addDevice(to: &lines)
    addUserAndRegulations(to: &lines)
    return lines
  }

  private func add(impression: [String: Any], _ index: Int, to lines: inout [String: String]) {
    let prefix = "imp\(index)."
    let pmp = object(impression["pmp"])
    lines[prefix + "id"] = text(impression["id"])
    lines[prefix + "floor"] = floorText(impression)
    let kinds = ["video", "audio", "native"].map { "\(impression[$0] is [String: Any])" }
    let flags = [impression["secure"], impression["instl"], pmp["private_auction"]]
    lines[prefix + "flags"] = (kinds + flags.map { "\(flag($0) == 1)" }).joined(separator: " ")
    lines[prefix + "exp"] = positive(impression["exp"]).map { "\($0)" }
    let deals = (pmp["deals"] as? [Any] ?? []).map(object).filter { text($0["id"]) != "" }
    for (number, deal) in deals.enumerated() {
      let at = integer(deal["at"]).map { "\($0)" } ?? "-"
      lines[prefix + "deal\(number)"] =
        "\(text(deal["id"])) \(floorText(deal)) \(at) "
        + "\(texts(deal["wseat"])) \(texts(deal["wadomain"]))"
    }
    guard let banner = impression["banner"] as? [String: Any] else { return }
    lines[prefix + "formats"] = (banner["format"] as? [Any] ?? []).compactMap {
      size(object($0))
    }.joined(separator: "|")
    lines[prefix + "size"] = size(banner)
    for name in ["btype", "battr", "api"] { lines[prefix + name] = "\(numbers(banner[name]))" }
    lines[prefix + "mimes"] = texts(banner["mimes"]).joined(separator: "|")
    lines[prefix + "pos"] = integer(banner["pos"]).map { "\($0)" }
    lines[prefix + "topframe"] = "\(flag(banner["topframe"]) == 1)"
  }

  private func addInventory(to lines: inout [String: String]) {
    let kinds = ["site", "app", "dooh"].filter { root[$0] is [String: Any] }
    // A dictionary has no order: the caller leaves out bodies with several.
    let kind = kinds.first ?? "unknown"
    let inventory = object(root[kind])
    lines["kind"] = kind
    lines["inv.id"] = text(inventory["id"])
    lines["inv.domain"] = text(inventory["domain"])
    lines["inv.page"] = text(inventory["page"])
    lines["inv.bundle"] = text(inventory["bundle"])
    lines["inv.lang"] = text(object(inventory["content"])["language"])
    lines["pub.id"] = text(object(inventory["publisher"])["id"])
    lines["pub.domain"] = text(object(inventory["publisher"])["domain"])
    for name in ["cat", "sectioncat", "pagecat"] {
      lines["inv." + name] = texts(inventory[name]).joined(separator: "|")
    }
    lines["inv.content"] = texts(object(inventory["content"])["cat"]).joined(separator: "|")
  }

  private func addDevice(to lines: inout [String: String]) {
    let device = object(root["device"])
    lines["ua"] = text(device["ua"])
    lines["os"] = text(device["os"])
    lines["lang"] = text(device["language"])
    lines["ifa"] = text(device["ifa"])
    lines["devicetype"] = integer(device["devicetype"]).map { "\($0)" }
    let coppa = object(root["regs"])["coppa"]
    lines["device.flags"] =
      [device["lmt"], device["dnt"], coppa].map { "\(flag($0) == 1)" }.joined(separator: " ")
    lines["geo"] = geo(object(device["geo"]))
    lines["user.geo"] = geo(object(object(root["user"])["geo"]))
  }

  private func addUserAndRegulations(to lines: inout [String: String]) {
    let user = object(root["user"])
    let regs = object(root["regs"])
    lines["user.id"] = text(user["id"])
    lines["buyeruid"] = text(user["buyeruid"])
    for (prefix, user, regs) in [
      ("", user, regs), ("ext.", object(user["ext"]), object(regs["ext"])),
    ] {
      lines[prefix + "consent"] = text(user["consent"])
      lines[prefix + "eids"] = extendedIDs(user["eids"])
      lines[prefix + "usp"] = text(regs["us_privacy"])
      lines[prefix + "gpp"] = text(regs["gpp"])
      lines[prefix + "gdpr"] = flag(regs["gdpr"]).map { "\($0)" }
    }
  }
}

extension ReferenceRequest {
  private func object(_ value: Any?) -> [String: Any] { value as? [String: Any] ?? [:] }

  private func isBool(_ value: Any) -> Bool { "\(type(of: value))".contains("Bool") }

  private func text(_ value: Any?) -> String {
    if let string = value as? String { return string }
    guard let value, !isBool(value), let number = value as? NSNumber else { return "" }
    return number.stringValue
  }

  private func decimal(_ value: Any?) -> Decimal? {
    let text = text(value)
    return text.isEmpty ? nil : Decimal(string: text)
  }

  private func integer(_ value: Any?) -> Int32? {
    decimal(value).map { Int32(clamping: NSDecimalNumber(decimal: $0).int64Value) }
  }

  private func positive(_ value: Any?) -> Int32? {
    integer(value).flatMap { $0 > 0 ? $0 : nil }
  }

  private func flag(_ value: Any?) -> Int32? {
    if let value, isBool(value) { return value as? Bool == true ? 1 : 0 }
    return integer(value)
  }

  private func texts(_ value: Any?) -> [String] {
    if let string = value as? String { return string.isEmpty ? [] : [string] }
    return (value as? [Any] ?? []).map(text).filter { !$0.isEmpty }
  }

  private func numbers(_ value: Any?) -> [Int] {
    let all = (value as? [Any] ?? []).compactMap { integer($0).map(Int.init) }
    let small = Set(all.filter { $0 >= 0 && $0 < 64 }).sorted()
    return small + all.filter { $0 < 0 || $0 >= 64 }
  }

  private func size(_ value: [String: Any]) -> String? {
    guard let width = integer(value["w"]), let height = integer(value["h"]) else { return nil }
    guard (1...65535).contains(width), (1...65535).contains(height) else { return nil }
    return "\(width)x\(height)"
  }

  private func currency(_ text: String) -> String {
    let letters = Array(text.utf8)
    let isCode = letters.count == 3 && letters.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    return isCode ? text.uppercased() : "\0\0\0"
  }

  private func floorText(_ value: [String: Any]) -> String {
    let amount = NSDecimalNumber(decimal: max(0, decimal(value["bidfloor"]) ?? 0) * 1_000_000)
    let up = NSDecimalNumberHandler(
      roundingMode: .up, scale: 0, raiseOnExactness: false, raiseOnOverflow: false,
      raiseOnUnderflow: false, raiseOnDivideByZero: false)
    let rounded = amount.rounding(accordingToBehavior: up)
    let code = text(value["bidfloorcur"])
    return "\(rounded) \(code.isEmpty ? "USD" : currency(code))"
  }

  private func geo(_ value: [String: Any]) -> String {
    let code = text(value["country"]).uppercased()
    let country =
      code.count == 3 ? code : (["US": "USA", "CA": "CAN", "CH": "CHE", "GB": "GBR"][code] ?? "-")
    return country + " "
      + ["region", "city", "metro", "zip"].map { text(value[$0]) }.joined(separator: "|")
  }

  private func extendedIDs(_ value: Any?) -> String {
    (value as? [Any] ?? []).map(object).flatMap { group in
      (group["uids"] as? [Any] ?? []).map { text(object($0)["id"]) }.filter { !$0.isEmpty }
        .map { "\(text(group["source"])):\($0)" }
    }.joined(separator: "|")
  }
}
