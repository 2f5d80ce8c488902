/// The catalog's limits.
package enum CatalogLimits {
  /// Line items of all advertisers: an index fits 32 bits with room, a bitmap 12.5 KB.
  package static let lineItems = 100_000
  /// Wanted sets of segments of an audience clause that are judged by rows, a copy of a row each;
  /// a clause with more, as few people write, is evaluated for each request.
  package static let audienceRequirements = 4
  /// Exchanges: one column each, and one prebuilt set of bid members a creative.
  package static let exchanges = 64
  /// The longest value of a request that targeting compares, in bytes; a longer one names nothing
  /// that a document may hold (255 characters a word, five words a place).
  package static let keyBytes = 1_280
  /// Changes of a time zone's offset that are looked up ahead: ten years of daylight saving.
  package static let zoneTransitions = 20
  /// The path and query of a notice URL: 5 bytes, a token of 86 characters, a tag of 11, and the
  /// longest query, which names three macros.
  package static let noticePathBytes = 192
}
