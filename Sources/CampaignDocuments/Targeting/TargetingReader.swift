/// Reads the targeting of a line item.
struct TargetingReader {
  private static let keys = [
    "audience", "exchanges", "geo", "domains", "apps", "device_types", "os", "languages",
    "categories", "positions", "dayparts", "deals", "inventory", "user_percent",
  ]
  private static let knownDeviceTypes = 1...8

  private let context: LoadContext
  private let advertiser: AdvertiserScope

  /// A reader for the line items of one advertiser.
  init(context: LoadContext, advertiser: AdvertiserScope) {
    self.context = context
    self.advertiser = advertiser
  }

  /// The targeting; a dimension that could not be read allows everything.
  func read(_ reader: DocumentReader) -> Targeting {
    var targeting = Targeting()
    guard let map = reader.map(keys: Self.keys) else { return targeting }
    let known = context.known
    targeting.audience = map["audience"].flatMap {
      AudienceReader(known: known, advertiser: advertiser.id).read($0)
    }
    targeting.exchanges = dimension(map["exchanges"]) { $0.exchange(known: known) }
    targeting.geo = dimension(map["geo"]) { GeoTargetReader().read($0) }
    targeting.domains = dimension(map["domains"]) { $0.domain() }
    targeting.apps = dimension(map["apps"]) { $0.word() }
    targeting.deviceTypes = dimension(map["device_types"], deviceType)
    targeting.operatingSystems = dimension(map["os"]) { $0.word() }
    targeting.languages = dimension(map["languages"]) { $0.language() }
    targeting.categories = dimension(map["categories"]) { $0.category() }
    targeting.positions = dimension(map["positions"]) { $0.integer(in: 0...7).map(Int.init) }
    targeting.dayparts =
      map["dayparts"]?.values(atMost: CampaignLimits.dayparts) { DaypartReader().read($0) } ?? []
    targeting.deals = map["deals"].map(deals) ?? Targeting.Deals()
    targeting.inventory = dimension(map["inventory"]) { $0.choice() }
    targeting.userPercent = map["user_percent"].map(userPercent) ?? .all
    return targeting
  }

  private func dimension<Value>(
    _ reader: DocumentReader?, _ read: (DocumentReader) -> Value?
  ) -> IncludeExclude<Value> {
    guard let map = reader?.map(keys: ["include", "exclude"]) else { return IncludeExclude() }
    return lists(of: map, read)
  }

  private func lists<Value>(
    of map: DocumentMap, _ read: (DocumentReader) -> Value?
  ) -> IncludeExclude<Value> {
    let count = CampaignLimits.targetedValues
    return IncludeExclude(
      include: map["include"]?.values(atMost: count, read) ?? [],
      exclude: map["exclude"]?.values(atMost: count, read) ?? [])
  }

  private func deals(_ reader: DocumentReader) -> Targeting.Deals {
    guard let map = reader.map(keys: ["include", "exclude", "open"]) else {
      return Targeting.Deals()
    }
    return Targeting.Deals(
      values: lists(of: map) { $0.word() }, isOpen: map["open"]?.boolean() ?? false)
  }

  private func deviceType(_ reader: DocumentReader) -> Int? {
    guard let type = reader.integer(in: 1...255).map(Int.init) else { return nil }
    if !Self.knownDeviceTypes.contains(type) { reader.warn("unknown device type \(type)") }
    return type
  }

  private func userPercent(_ reader: DocumentReader) -> Targeting.UserPercent {
    guard let map = reader.map(keys: ["from", "to"]) else { return .all }
    let from = map["from"].map { $0.integer(in: 0...100) } ?? 0
    let to = map["to"].map { $0.integer(in: 0...100) } ?? 100
    guard let from, let to else { return .all }
    if from >= to { reader.fail("`from` is not below `to`") }
    return Targeting.UserPercent(from: Int(from), to: Int(to))
  }
}
