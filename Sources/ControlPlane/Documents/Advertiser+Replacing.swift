import CampaignDocuments

extension Advertiser {
  /// The advertiser with its own fields from another, and other children where they are given.
  private func with(
    fieldsOf other: Advertiser? = nil, creatives: [Creative]? = nil,
    campaigns: [Campaign]? = nil
  ) -> Advertiser {
    let own = other ?? self
    return Advertiser(
      id: id, name: own.name, domain: own.domain, currency: own.currency, seats: own.seats,
      categories: own.categories, creatives: creatives ?? self.creatives,
      campaigns: campaigns ?? self.campaigns)
  }

  /// The advertiser with one object as it is in another advertiser, which has it alone.
  /// - Parameter campaign: the campaign of a line item.
  /// - Complexity: O(siblings).
  func taking(
    _ key: DocumentObject.Key, campaign: String?, from other: Advertiser
  ) -> Advertiser {
    switch key.kind {
    case .advertiser:
      return with(fieldsOf: other)
    case .creative:
      guard let creative = other.creatives.first(where: { $0.id == key.id }) else { return self }
      return with(creatives: creatives.replacing(creative) { $0.id })
    case .campaign:
      guard let taken = other.campaigns.first(where: { $0.id == key.id }) else { return self }
      let old = campaigns.first { $0.id == key.id }
      let merged = taken.with(lineItems: old?.lineItems ?? [])
      return with(campaigns: campaigns.replacing(merged) { $0.id })
    case .lineItem:
      guard let source = other.campaigns.first(where: { $0.id == campaign }),
        let item = source.lineItems.first(where: { $0.id == key.id }),
        let target = campaigns.first(where: { $0.id == campaign })
      else { return self }
      let merged = target.with(lineItems: target.lineItems.replacing(item) { $0.id })
      return with(campaigns: campaigns.replacing(merged) { $0.id })
    }
  }

  /// The advertiser without one object and what stands in it.
  /// - Complexity: O(campaigns + line items).
  func removing(_ key: DocumentObject.Key) -> Advertiser {
    switch key.kind {
    case .advertiser: self
    case .creative: with(creatives: creatives.filter { $0.id != key.id })
    case .campaign: with(campaigns: campaigns.filter { $0.id != key.id })
    case .lineItem:
      with(
        campaigns: campaigns.map { campaign in
          let left = campaign.lineItems.filter { $0.id != key.id }
          return left.count == campaign.lineItems.count ? campaign : campaign.with(lineItems: left)
        })
    }
  }
}

extension Campaign {
  /// The campaign with other line items.
  fileprivate func with(lineItems: [LineItem]) -> Campaign {
    Campaign(
      id: id, status: status, flight: flight, budget: budget, timeZone: timeZone,
      frequencyCaps: frequencyCaps, lineItems: lineItems)
  }
}

extension Array {
  /// The array with an element in the place of the one with the same id, or behind all.
  fileprivate func replacing(_ element: Element, by id: (Element) -> String) -> [Element] {
    var elements = self
    let wanted = id(element)
    if let index = elements.firstIndex(where: { id($0) == wanted }) {
      elements[index] = element
    } else {
      elements.append(element)
    }
    return elements
  }
}
