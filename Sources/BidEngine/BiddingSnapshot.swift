import CampaignCatalog

/// What advertisers want and how ids are read: one configuration's worth, published as a whole.
package struct BiddingSnapshot: ~Copyable, Sendable {
  package let catalog: CampaignCatalog
  package let spaces: IdentitySpaces

  package init(catalog: consuming CampaignCatalog, spaces: consuming IdentitySpaces) {
    self.catalog = catalog
    self.spaces = spaces
  }
}
