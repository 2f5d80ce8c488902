/// Reads what a line item pays.
struct BidReader {
  private static let keys = [
    "model", "amount_micros", "max_cpm_micros", "prior_ctr", "prior_cvr", "shading",
  ]

  /// What stands for a bid that could not be read, in a set that is rejected for it.
  static let unread = Bid(
    model: .cpm, amountMicros: 0, maxCPMMicros: nil, priorCTRPartsPerMillion: nil,
    priorCVRPartsPerMillion: nil, shading: .none)

  private let context: LoadContext

  /// A reader for one set.
  init(context: LoadContext) {
    self.context = context
  }

  /// The bid, or nil if the node is no map.
  func read(_ reader: DocumentReader) -> Bid? {
    guard let map = reader.map(keys: Self.keys) else { return nil }
    let model = map.required("model")?.choice(of: Bid.Model.self)
    let amounts = 1...CampaignLimits.amountMicros
    let shading = map["shading"]?.choice(of: Bid.Shading.self) ?? .none
    if shading == .auto, let place = map["shading"] {
      context.noteEffectless("shading: auto", at: place)
    }
    return Bid(
      model: model ?? .cpm,
      amountMicros: map.required("amount_micros")?.integer(in: amounts) ?? 0,
      maxCPMMicros: map["max_cpm_micros"]?.integer(in: amounts),
      priorCTRPartsPerMillion: rate("prior_ctr", map, isNeeded: model == .cpc || model == .cpa),
      priorCVRPartsPerMillion: rate("prior_cvr", map, isNeeded: model == .cpa),
      shading: shading)
  }

  private func rate(_ key: String, _ map: DocumentMap, isNeeded: Bool) -> Int? {
    guard let reader = map[key] else {
      if isNeeded { map.reader.fail("missing key `\(key)`, which this model needs") }
      return nil
    }
    return reader.fixedPoint(decimals: 6, in: 1...1_000_000).map(Int.init)
  }
}
