/// Which impressions a line item wants; a dimension that is missing allows everything.
package struct Targeting: Sendable, Equatable {
  /// The kind of inventory.
  package enum Inventory: String, Sendable, CaseIterable {
    /// A website.
    case site
    /// An app.
    case app
    /// A digital screen out of home.
    case dooh
  }

  /// Deals it answers.
  package struct Deals: Sendable, Equatable {
    /// Deal ids.
    package var values = IncludeExclude<String>()
    /// Whether it bids in the open auction too although it names deals.
    package var isOpen = false

    /// Deals of these ids.
    package init(values: IncludeExclude<String> = IncludeExclude(), isOpen: Bool = false) {
      self.values = values
      self.isOpen = isOpen
    }
  }

  /// Users by the hash of their id: from inclusive, to exclusive, of 100.
  package struct UserPercent: Sendable, Equatable {
    /// 0 to 99.
    package let from: Int
    /// 1 to 100.
    package let to: Int

    /// Users from one hundredth to before another.
    package init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }

    /// Every user.
    package static let all = UserPercent(from: 0, to: 100)
  }

  /// Which users, by segments; nil is everyone, known or not.
  package var audience: AudienceExpression?
  /// Exchanges by name.
  package var exchanges = IncludeExclude<String>()
  /// Places.
  package var geo = IncludeExclude<GeoTarget>()
  /// Domains of sites with their subdomains, lower case.
  package var domains = IncludeExclude<String>()
  /// Apps by bundle.
  package var apps = IncludeExclude<String>()
  /// Device types (OpenRTB 2.5 section 5.21).
  package var deviceTypes = IncludeExclude<Int>()
  /// Operating systems by name.
  package var operatingSystems = IncludeExclude<String>()
  /// Languages of the device.
  package var languages = IncludeExclude<String>()
  /// Content categories of the inventory.
  package var categories = IncludeExclude<String>()
  /// Ad positions (OpenRTB 2.5 section 5.4).
  package var positions = IncludeExclude<Int>()
  /// Hours of the week, as alternatives; empty is always.
  package var dayparts: [Daypart] = []
  /// Deals.
  package var deals = Deals()
  /// Kinds of inventory.
  package var inventory = IncludeExclude<Inventory>()
  /// The share of users.
  package var userPercent = UserPercent.all

  /// Everything.
  package init() {}
}
