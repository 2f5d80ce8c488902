extension DocumentObject {
  /// What an object is known by: ids of line items are unique in all campaigns of an advertiser.
  package struct Key: Sendable, Hashable {
    /// What it is.
    package let kind: DocumentKind
    /// Its advertiser's id.
    package let advertiser: String
    /// Its own id.
    package let id: String

    /// A key of these parts.
    package init(kind: DocumentKind, advertiser: String, id: String) {
      self.kind = kind
      self.advertiser = advertiser
      self.id = id
    }
  }

  /// What the object is known by.
  package var key: Key { Key(kind: kind, advertiser: advertiser, id: id) }

  /// The key of the object that it stands in; nil for an advertiser.
  package var parent: Key? {
    switch kind {
    case .advertiser: nil
    case .creative, .campaign:
      Key(kind: .advertiser, advertiser: advertiser, id: advertiser)
    case .lineItem:
      Key(kind: .campaign, advertiser: advertiser, id: campaign ?? "")
    }
  }
}
