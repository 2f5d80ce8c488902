/// What a line item pays.
package struct Bid: Sendable, Equatable {
  /// What the amount is paid for.
  package enum Model: String, Sendable, CaseIterable {
    /// A thousand impressions.
    case cpm
    /// A click.
    case cpc
    /// An action after a click.
    case cpa
  }

  /// Whether a first-price bid is lowered towards the expected clearing price.
  package enum Shading: String, Sendable, CaseIterable {
    /// The bid is the value.
    case none
    /// The bid is learned from wins and losses.
    case auto
  }

  /// What the amount is paid for.
  package let model: Model
  /// Micros per thousand impressions, per click or per action.
  package let amountMicros: Int64
  /// The most a bid may be, in micros per thousand impressions; nil is no limit.
  package let maxCPMMicros: Int64?
  /// Clicks expected per million impressions; set for cpc and cpa.
  package let priorCTRPartsPerMillion: Int?
  /// Actions expected per million clicks; set for cpa.
  package let priorCVRPartsPerMillion: Int?
  /// Whether the bid is lowered towards the clearing price.
  package let shading: Shading

  /// A bid of these parts.
  package init(
    model: Model = .cpm, amountMicros: Int64, maxCPMMicros: Int64? = nil,
    priorCTRPartsPerMillion: Int? = nil, priorCVRPartsPerMillion: Int? = nil,
    shading: Shading = .none
  ) {
    self.model = model
    self.amountMicros = amountMicros
    self.maxCPMMicros = maxCPMMicros
    self.priorCTRPartsPerMillion = priorCTRPartsPerMillion
    self.priorCVRPartsPerMillion = priorCVRPartsPerMillion
    self.shading = shading
  }
}
