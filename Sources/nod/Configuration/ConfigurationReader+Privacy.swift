import CampaignDocuments

extension ConfigurationReader {
  private static let tcfKeys = [
    "vendor_id", "audience_purposes", "bid_purposes", "legitimate_interest",
  ]

  /// The part about privacy signals.
  func privacy(_ reader: DocumentReader) -> PrivacyConfiguration {
    var privacy = PrivacyConfiguration()
    let keys = ["tcf", "without_consent", "gdpr_default"]
    guard let map = reader.map(keys: keys) else { return privacy }
    privacy.tcf = context.effectless(map, "tcf", as: "privacy.tcf").flatMap(tcf)
    if let choice = map["without_consent"]?.choice(of: PrivacyConfiguration.WithoutConsent.self) {
      privacy.withoutConsent = choice
    }
    if let applies = map["gdpr_default"]?.integer(in: 0...1) { privacy.gdprApplies = applies == 1 }
    return privacy
  }

  private func tcf(_ reader: DocumentReader) -> PrivacyConfiguration.TCF? {
    guard let map = reader.map(keys: Self.tcfKeys),
      let vendor = map.required("vendor_id")?.integer(in: ConfigurationLimits.vendors)
    else { return nil }
    return PrivacyConfiguration.TCF(
      vendorID: Int(vendor), audiencePurposes: purposes(map["audience_purposes"]),
      bidPurposes: purposes(map["bid_purposes"]),
      legitimateInterest: purposes(map["legitimate_interest"]))
  }

  private func purposes(_ reader: DocumentReader?) -> [Int] {
    var purposes: [Int] = []
    for element in reader?.list(atMost: Int(ConfigurationLimits.purposes.upperBound)) ?? [] {
      guard let purpose = element.integer(in: ConfigurationLimits.purposes) else { continue }
      if purposes.contains(Int(purpose)) { element.fail("repeated purpose \(purpose)") }
      purposes.append(Int(purpose))
    }
    return purposes
  }
}
