extension Targeting {
  /// The targeting as a document has it; a dimension that allows everything is left out.
  var node: DocumentNode {
    .map([
      "audience": audience?.node,
      "exchanges": exchanges.words,
      "geo": geo.node { $0.node },
      "domains": domains.words,
      "apps": apps.words,
      "device_types": deviceTypes.node { .plain($0) },
      "os": operatingSystems.words,
      "languages": languages.words,
      "categories": categories.words,
      "positions": positions.node { .plain($0) },
      "dayparts": .listUnlessEmpty(dayparts) { $0.node },
      "deals": deals.node,
      "inventory": inventory.node { .string($0.rawValue) },
      "user_percent": userPercent == .all ? nil : userPercent.node,
    ])
  }
}

extension Targeting.Deals {
  /// The deals as a document has them, or nil of none.
  fileprivate var node: DocumentNode? {
    if values.isEmpty && !isOpen { return nil }
    return .map([
      "include": .listUnlessEmpty(values.include) { .string($0) },
      "exclude": .listUnlessEmpty(values.exclude) { .string($0) },
      "open": isOpen ? .plain(true) : nil,
    ])
  }
}

extension Targeting.UserPercent {
  fileprivate var node: DocumentNode {
    .map(["from": .plain(from), "to": .plain(to)])
  }
}

extension IncludeExclude {
  /// Both lists, without one that is empty; nil where both are.
  fileprivate func node(_ value: (Value) -> DocumentNode) -> DocumentNode? {
    if isEmpty { return nil }
    return .map([
      "include": .listUnlessEmpty(include, value),
      "exclude": .listUnlessEmpty(exclude, value),
    ])
  }
}

extension IncludeExclude<String> {
  fileprivate var words: DocumentNode? { node { .string($0) } }
}

extension GeoTarget {
  /// The place as a document has it.
  ///
  /// A region with a hyphen keeps its country before it: the reader takes what stands before the
  /// first hyphen for a country wherever it names one.
  fileprivate var node: DocumentNode {
    let hasPrefix = country != nil && region?.contains("-") == true
    return .map([
      "country": country.map { .string($0.description) },
      "region": region.map { .string(hasPrefix ? "\(country?.description ?? "")-\($0)" : $0) },
      "city": city.map { .string($0) },
      "metro": metro.map { .string($0) },
      "zip": zip.map { .string($0) },
    ])
  }
}

extension Daypart {
  private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// The hours as a document has them; days are left out where they are all seven.
  fileprivate var node: DocumentNode {
    let listed = Self.names.indices.filter { days.contains(Days(dayFromMonday: $0)) }
    return .map([
      "days": days == .all ? nil : .list(listed.map { .string(Self.names[$0]) }),
      "hours": .string("\(Self.twoDigits(startHour))-\(Self.twoDigits(endHour))"),
    ])
  }

  private static func twoDigits(_ hour: Int) -> String {
    hour < 10 ? "0\(hour)" : String(hour)
  }
}
