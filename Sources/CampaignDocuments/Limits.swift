/// The maxima of documents; what is past one is reported as a problem.
package enum DocumentLimits {
  /// Bytes of one file: 10,000 line items take about 10 MB, and a set may have many files.
  package static let fileBytes = 32 << 20
  /// Files of one set: one a brand of a large advertiser.
  package static let files = 1_000
  /// Levels of lists and maps: the deepest valid document has 9 and its nested audiences.
  package static let depth = 48
  /// Nodes of one file after its aliases are expanded: 100 for each of 40,000 line items.
  package static let nodes = 4_000_000
  /// Problems kept of one file: nobody reads more, and a hostile file could make millions.
  package static let problems = 1_000
  /// Repeated keys that are looked for in one YAML file: each costs a parse of the file.
  package static let repeatedKeys = 16
  /// Bytes parsed in all to find them: a large file gets fewer tries.
  package static let repeatedKeyBytes = 64 << 20
  /// Aliases of a YAML file up to which a key may be a list or a map, see `YAMLGuard`.
  package static let keyAliases = 10
  /// Characters of a value quoted in a message, so that one line of output stays one line.
  package static let quotedCharacters = 60
  /// Characters of a key or word that are compared to find the nearest known one: the
  /// comparison costs the product of both lengths.
  package static let comparedCharacters = 40
}

/// The maxima of what a document may say.
package enum CampaignLimits {
  /// Characters of an id: fits the 64 bytes that Google allows `crid`.
  package static let idCharacters = 64
  /// Characters of names, domains, bundles, deal ids, segments and cities: the longest domain.
  package static let wordCharacters = 255
  /// Characters of a region in capitals: with its country before it, it is a word again.
  package static let regionCharacters = 250
  /// Bytes of a creative's markup: exchanges refuse responses far below it.
  package static let markupBytes = 64 << 10
  /// Bytes of all markup of a set, each once for every id that an exchange knows it by: escaped as
  /// JSON it takes six times as many at most, which the catalog addresses with 32 bits.
  package static let markupBytesOfSet = 256 << 20
  /// Bytes of a URL: browsers and exchanges cut beyond it.
  package static let urlBytes = 2_000
  /// Pixels of a side of a creative: larger than any screen or billboard sold by pixel.
  package static let sidePixels = 16_384
  /// Micros of a budget: an account counts nano-units in 64 bits, which end at 9.22e9 units.
  package static let budgetMicros: Int64 = 9_200_000_000_000_000
  /// Micros of a bid's amount: a million units per mille, click or action.
  package static let amountMicros: Int64 = 1_000_000_000_000
  /// Advertisers of one set.
  package static let advertisers = 10_000
  /// Creatives of an advertiser, and creatives named by a line item.
  package static let creatives = 10_000
  /// Campaigns of an advertiser.
  package static let campaigns = 10_000
  /// Line items of a campaign.
  package static let lineItems = 10_000
  /// Line items of one set: what the catalog's columns are sized for.
  package static let lineItemsOfSet = 100_000
  /// Values in one list of a targeting dimension: block lists of domains are this long.
  package static let targetedValues = 10_000
  /// Entries of `seats`, `exchange_ids`, `categories` and `attributes`.
  package static let smallList = 1_000
  /// Frequency caps of a campaign or line item: each costs a counter for every user.
  package static let frequencyCaps = 8
  /// Impressions of a cap: its counters have 16 bits.
  package static let capImpressions: Int64 = 65_535
  /// Seconds of a cap's period: a minute is twelve buckets of 5 s.
  package static let capSeconds: ClosedRange<Int64> = 60...(90 * 86_400)
  /// Dayparts of a line item: one for each hour of a week.
  package static let dayparts = 168
  /// Maps nested in an audience expression, the outermost included.
  package static let audienceDepth = 8
  /// Segments named in one audience expression.
  package static let audienceSegments = 1_000
}
