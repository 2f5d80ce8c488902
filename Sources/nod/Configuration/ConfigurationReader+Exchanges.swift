import CampaignDocuments
import Foundation

extension ConfigurationReader {
  private static let exchangeKeys = [
    "name", "seat", "id_space", "deadline", "network_margin", "notice_window", "send_exp",
    "bill_on", "no_bid", "ping", "price_decoder", "google_keys", "price_decimals", "bids_per_imp",
    "test_header",
  ]

  /// The exchanges of the root.
  func exchanges(_ map: DocumentMap) -> [ExchangeConfiguration] {
    var names = UniqueNames(kind: "exchange")
    return (map["exchanges"]?.list(atMost: ConfigurationLimits.exchanges) ?? []).compactMap {
      exchange($0, names: &names)
    }
  }

  private func exchange(
    _ reader: DocumentReader, names: inout UniqueNames
  ) -> ExchangeConfiguration? {
    guard let map = reader.map(keys: Self.exchangeKeys) else { return nil }
    guard let name = map.required("name")?.uniqueName(in: &names) else { return nil }
    var exchange = ExchangeConfiguration(name: name)
    if let seat = map["seat"]?.word(atMost: ConfigurationLimits.nameCharacters) {
      exchange.seat = seat
    }
    if let space = map["id_space"]?.name() { exchange.idSpace = space }
    readTimes(map, into: &exchange)
    readAnswers(map, into: &exchange)
    readNotices(map, into: &exchange)
    return exchange
  }

  private func readTimes(_ map: DocumentMap, into exchange: inout ExchangeConfiguration) {
    let range = ConfigurationLimits.deadlineMilliseconds
    if let deadline = map["deadline"]?.milliseconds(in: range) {
      exchange.deadlineMilliseconds = deadline
    }
    if let margin = map["network_margin"]?.milliseconds(in: range) {
      exchange.networkMarginMilliseconds = margin
    }
    if exchange.deadlineMilliseconds <= exchange.networkMarginMilliseconds {
      (map["deadline"] ?? map["network_margin"] ?? map.reader).fail(
        "the deadline of \(exchange.deadlineMilliseconds)ms leaves no time beside a "
          + "network_margin of \(exchange.networkMarginMilliseconds)ms")
    }
  }

  private func readAnswers(_ map: DocumentMap, into exchange: inout ExchangeConfiguration) {
    if let form = map["no_bid"]?.choice(of: ExchangeConfiguration.NoBid.self) {
      exchange.noBid = form
    }
    if let ping = map["ping"]?.choice(of: ExchangeConfiguration.Ping.self) { exchange.ping = ping }
    if let decimals = map["price_decimals"]?.integer(in: ConfigurationLimits.priceDecimals) {
      exchange.priceDecimals = Int(decimals)
    }
    if let bids = map["bids_per_imp"]?.integer(in: ConfigurationLimits.bidsPerImpression) {
      exchange.bidsPerImpression = Int(bids)
    }
    if let header = map["test_header"]?.boolean() { exchange.hasTestHeader = header }
  }

  private func readNotices(_ map: DocumentMap, into exchange: inout ExchangeConfiguration) {
    let window = map["notice_window"]?.milliseconds(in: ConfigurationLimits.windowMilliseconds)
    if let window { exchange.noticeWindowMilliseconds = window }
    if let sends = map["send_exp"]?.boolean() { exchange.sendsExpiry = sends }
    if let event = map["bill_on"]?.choice(of: ExchangeConfiguration.BillOn.self) {
      exchange.billOn = event
    }
    if let choice = map["price_decoder"]?.choice(of: ExchangeConfiguration.PriceDecoder.self) {
      exchange.priceDecoder = choice
    }
    exchange.googleKeys = effectless(map, "google_keys").flatMap(googleKeys)
    guard exchange.priceDecoder == .google else { return }
    let decoder = context.effectless(map, "price_decoder", as: "exchanges[].price_decoder: google")
    if map["google_keys"] == nil {
      decoder?.fail("`price_decoder: google` needs `google_keys: {encryption, integrity}`")
    }
  }

  private func effectless(_ map: DocumentMap, _ key: String) -> DocumentReader? {
    context.effectless(map, key, as: "exchanges[].\(key)")
  }

  private func googleKeys(_ reader: DocumentReader) -> ExchangeConfiguration.GoogleKeys? {
    guard let map = reader.map(keys: ["encryption", "integrity"]) else { return nil }
    let encryption = map.required("encryption").flatMap(googleKey)
    let integrity = map.required("integrity").flatMap(googleKey)
    guard let encryption, let integrity else { return nil }
    return ExchangeConfiguration.GoogleKeys(encryption: encryption, integrity: integrity)
  }

  private func googleKey(_ reader: DocumentReader) -> String? {
    guard let text = reader.word(atMost: ConfigurationLimits.nameCharacters) else { return nil }
    let plain = text.replacing("-", with: "+").replacing("_", with: "/").filter { $0 != "=" }
    let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    guard Data(base64Encoded: plain + padding)?.count == 32 else {
      // The text is a secret: it is not repeated.
      reader.fail("not 32 bytes in web-safe base64")
      return nil
    }
    return text
  }
}
