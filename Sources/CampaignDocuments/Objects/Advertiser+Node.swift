extension Advertiser {
  /// The advertiser as a document has it, without creatives and campaigns.
  var ownNode: DocumentNode {
    .map([
      "id": .string(id),
      "name": .string(name),
      "domain": .string(domain),
      "currency": .string(currency),
      "seats": .names(seats),
      "categories": .listUnlessEmpty(categories) { .string($0) },
    ])
  }
}

extension Creative {
  /// The creative as a document has it; `secure` is what came out of its declaration and markup.
  var node: DocumentNode {
    .map([
      "id": .string(id),
      "format": .string(format.rawValue),
      "w": .plain(widthPixels),
      "h": .plain(heightPixels),
      "markup": .string(markup),
      "landing_url": .string(landingURL),
      "attributes": .listUnlessEmpty(attributes) { .plain($0) },
      "secure": .plain(isSecure),
      "exchange_ids": .names(exchangeIDs),
    ])
  }
}
