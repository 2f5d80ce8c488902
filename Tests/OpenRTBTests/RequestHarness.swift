import AuctionTypes
import FixedMemory

@testable import OpenRTB

/// One request value that is used for many bodies, as a worker does.
final class RequestHarness {
  var request = BidRequest()
  private var body: [UInt8] = []
  private var unescaped: [UInt8] = []

  /// Decodes bytes that fill their buffer to its end.
  @discardableResult
  func decode(_ bytes: [UInt8]) -> DecodeOutcome {
    var buffer = FixedBuffer(capacity: max(1, bytes.count))
    for byte in bytes { buffer.append(byte) }
    let outcome = request.decode(buffer.bytes)
    body = bytes
    unescaped = []
    for index in 0..<request.unescaped.count {
      unescaped.append(request.unescaped.bytes.byte(at: index))
    }
    return outcome
  }

  @discardableResult
  func decode(_ json: String) -> DecodeOutcome { decode(Array(json.utf8)) }

  func string(_ text: Text) -> String {
    let source = text.isUnescaped ? unescaped : body
    return String(decoding: source[Int(text.slice.offset)..<text.slice.end], as: UTF8.self)
  }

  func raw(_ slice: ByteSlice) -> String {
    String(decoding: body[Int(slice.offset)..<slice.end], as: UTF8.self)
  }

  func strings(_ list: ListSlice) -> [String] {
    list.indices.map { string(request.texts[$0]) }
  }

  func numbers(_ set: NumberSet) -> [Int] {
    let small = (0..<64).filter { set.small >> UInt64($0) & 1 != 0 }
    return small + set.others.indices.map { Int(request.numbers[$0]) }
  }

  func sizes(_ list: ListSlice) -> [String] {
    list.indices.map { "\(request.formats[$0].width)x\(request.formats[$0].height)" }
  }
}

extension RequestHarness {
  /// Everything that was decoded, one line a value, for comparison with a reference.
  func summary() -> [String: String] {
    var lines: [String: String] = [:]
    lines["id"] = string(request.id)
    lines["at"] = "\(request.auctionType)"
    lines["tmax"] = request.maximumMilliseconds.map { "\($0)" }
    lines["test"] = "\(request.isTest)"
    lines["cur"] = request.currencies.indices.map { request.currencies[$0].description }
      .joined(separator: "|")
    lines["cattax"] = "\(request.categoryTaxonomy)"
    for (name, list) in [
      ("bcat", request.blockedCategories), ("acat", request.allowedCategories),
      ("badv", request.blockedAdvertisers), ("bapp", request.blockedApps),
      ("wseat", request.allowedSeats), ("bseat", request.blockedSeats),
      ("wlang", request.allowedLanguages),
    ] { lines[name] = strings(list).joined(separator: "|") }
    lines["imps"] = "\(request.impressions.count)"
    for index in request.impressions.indices { add(impression: index, to: &lines) }
    addInventory(to: &lines)
    addDeviceAndUser(to: &lines)
    return lines
  }

  private func add(impression index: Int, to lines: inout [String: String]) {
    let impression = request.impressions[index]
    let prefix = "imp\(index)."
    lines[prefix + "id"] = string(impression.id)
    lines[prefix + "floor"] = "\(impression.floor.micros) \(impression.floorCurrency)"
    lines[prefix + "flags"] =
      "\(impression.hasVideo) \(impression.hasAudio) \(impression.hasNative) "
      + "\(impression.isSecure) \(impression.isInterstitial) \(impression.isPrivateAuction)"
    lines[prefix + "exp"] = impression.expirySeconds.map { "\($0)" }
    for (number, deal) in impression.deals.indices.map({ request.deals[$0] }).enumerated() {
      let at = deal.auctionType.map { "\($0)" } ?? "-"
      lines[prefix + "deal\(number)"] =
        "\(string(deal.id)) \(deal.floor.micros) \(deal.floorCurrency) \(at) "
        + "\(strings(deal.allowedSeats)) \(strings(deal.allowedAdvertisers))"
    }
    guard let banner = impression.banner else { return }
    lines[prefix + "formats"] = sizes(banner.formats).joined(separator: "|")
    lines[prefix + "size"] = banner.size.map { "\($0.width)x\($0.height)" }
    lines[prefix + "btype"] = "\(numbers(banner.blockedTypes))"
    lines[prefix + "battr"] = "\(numbers(banner.blockedAttributes))"
    lines[prefix + "api"] = "\(numbers(banner.apis))"
    lines[prefix + "mimes"] = strings(banner.mimes).joined(separator: "|")
    lines[prefix + "pos"] = banner.position.map { "\($0)" }
    lines[prefix + "topframe"] = "\(banner.isTopFrame)"
  }

  private func addInventory(to lines: inout [String: String]) {
    let inventory = request.inventory
    lines["kind"] = "\(inventory.kind)"
    for (name, text) in [
      ("inv.id", inventory.id), ("inv.domain", inventory.domain), ("inv.page", inventory.page),
      ("inv.bundle", inventory.bundle), ("inv.lang", inventory.contentLanguage),
      ("pub.id", inventory.publisherID), ("pub.domain", inventory.publisherDomain),
    ] { lines[name] = string(text) }
    for (name, list) in [
      ("inv.cat", inventory.categories), ("inv.sectioncat", inventory.sectionCategories),
      ("inv.pagecat", inventory.pageCategories), ("inv.content", inventory.contentCategories),
    ] { lines[name] = strings(list).joined(separator: "|") }
  }

  private func addDeviceAndUser(to lines: inout [String: String]) {
    let device = request.device
    let user = request.user
    let regs = request.regulations
    for (name, text) in [
      ("ua", device.userAgent), ("os", device.operatingSystem), ("lang", device.language),
      ("ifa", device.advertisingID), ("user.id", user.id), ("buyeruid", user.buyerID),
      ("consent", user.directConsent), ("ext.consent", user.extensionConsent),
      ("usp", regs.directUSPrivacy), ("ext.usp", regs.extensionUSPrivacy),
      ("gpp", regs.directGPP), ("ext.gpp", regs.extensionGPP),
    ] { lines[name] = string(text) }
    lines["devicetype"] = device.type.map { "\($0)" }
    lines["device.flags"] = "\(device.limitsTracking) \(device.doNotTrack) \(regs.coppa)"
    lines["gdpr"] = regs.directGDPR.map { "\($0)" }
    lines["ext.gdpr"] = regs.extensionGDPR.map { "\($0)" }
    lines["geo"] = summary(device.geo)
    lines["user.geo"] = summary(user.geo)
    lines["eids"] = summary(user.extendedIDs)
    lines["ext.eids"] = summary(user.extensionExtendedIDs)
  }

  private func summary(_ geo: Geo) -> String {
    "\(geo.country?.description ?? "-") "
      + [geo.region, geo.city, geo.metro, geo.zip].map(string).joined(separator: "|")
  }

  private func summary(_ ids: ListSlice) -> String {
    ids.indices.map { index in
      "\(string(request.userIDs[index].source)):\(string(request.userIDs[index].id))"
    }.joined(separator: "|")
  }
}
