/// The maxima of a bid request; past one of them a request gets no bid, unless it says otherwise.
package enum RequestLimits {
  /// Bytes of a body: places of strings are 31 bits wide. The server's own limit is far below.
  package static let bodyBytes = Int(Int32.max)
  /// Levels of objects and arrays; deeper is malformed. Foundation's decoder ends there too, and
  /// the deepest request of the public corpus has 15.
  package static let depth = 512
  /// Impressions: pages with more slots are split by the exchanges.
  package static let impressions = 64
  /// Sizes of one banner; those past it are ignored, which can only cost a bid.
  package static let formatsPerImpression = 64
  /// Deals of all impressions together.
  package static let deals = 1_024
  /// Strings of all lists together: `badv` alone has thousands at some publishers.
  package static let texts = 16_384
  /// Integers of all lists together that are not below 64, see ``NumberSet``.
  package static let numbers = 1_024
  /// Ids of the user in `eids`: a dozen sources with a few ids each are usual.
  package static let userIDs = 256
  /// Currencies that the exchange allows: ISO 4217 has fewer than 200.
  package static let currencies = 256
  /// Bytes of strings that were written with escapes, after unescaping: mostly page URLs.
  package static let unescapedBytes = 64 << 10
  /// Quotes of strings that are looked for ahead of the reader: most bodies have fewer, so that
  /// their places fit the first-level cache beside the body, and the first 4 KB are looked through
  /// at once, however many there are.
  package static let quotesAhead = 4_160
}
