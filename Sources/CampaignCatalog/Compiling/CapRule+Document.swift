import AuctionTypes
import CampaignDocuments

extension CapRule {
  /// The rule of a document's cap, whose numbers the documents' limits keep in range.
  package init(_ cap: FrequencyCap) {
    self.init(
      impressions: UInt16(clamping: cap.impressions),
      periodSeconds: UInt32(clamping: cap.periodSeconds),
      allowsUnidentified: cap.allowsUnidentified)
  }
}
