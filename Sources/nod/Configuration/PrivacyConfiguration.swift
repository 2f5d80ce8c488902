/// What privacy signals mean.
struct PrivacyConfiguration: Sendable, Equatable {
  /// The consent that is asked of a TCF string.
  struct TCF: Sendable, Equatable {
    /// The number in the global vendor list.
    var vendorID: Int
    /// Purposes without which no id is read.
    var audiencePurposes: [Int]
    /// Purposes without which there is no bid.
    var bidPurposes: [Int]
    /// Purposes for which legitimate interest suffices.
    var legitimateInterest: [Int]
  }

  /// What happens where consent is refused or missing.
  enum WithoutConsent: String, CaseIterable, Sendable {
    /// Line items without an audience may bid.
    case contextual
    /// Nothing bids.
    case noBid = "no-bid"
  }

  /// The consent that is asked of a TCF string; nil asks for none.
  var tcf: TCF?
  /// What happens where consent is refused or missing.
  var withoutConsent = WithoutConsent.contextual
  /// Whether a request that does not say so is judged by where its user is.
  var gdprApplies = true
}
