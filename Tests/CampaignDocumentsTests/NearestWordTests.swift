import CampaignDocuments
import Testing

@Suite struct NearestWordTests {
  private static let keys = ["budget", "bid", "status", "creatives", "frequency_caps", "id"]

  @Test(arguments: [
    ("buget", "budget"), ("budgets", "budget"), ("bdi", "bid"), ("stauts", "status"),
    ("creative", "creatives"), ("frequency-caps", "frequency_caps"),
    ("frequencyCaps", "frequency_caps"),
    ("Budget", "budget"), ("zzz", nil), ("", nil), ("pacing", nil),
  ])
  func findsWhatWasMeant(_ word: String, _ meant: String?) {
    #expect(NearestWord.find(word, among: Self.keys) == meant)
  }

  @Test func ignoresWordsTooLongToCompare() {
    let word = String(repeating: "a", count: DocumentLimits.comparedCharacters)
    #expect(NearestWord.find(word, among: [word + "a"]) == word + "a")
    #expect(NearestWord.find(word + "a", among: [word]) == nil)
  }
}
