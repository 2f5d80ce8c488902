import BidServer
import BudgetLedger

/// The maxima of a configuration.
enum ConfigurationLimits {
  /// Bytes of the file: a thousand exchanges and sources take half of it.
  static let fileBytes = 1 << 20
  /// Exchanges: their counters are sized by it, and there are not a hundred in the world.
  static let exchanges = 64
  /// Audience sources: each is a folder that is listed at every poll.
  static let sources = 256
  /// Spaces of ids, described or filled by a source: each extended id is compared with all.
  static let idSpaces = 64
  /// Worker threads: the largest machines have fewer cores.
  static let workers: Int64 = 256
  /// Bytes of a request's body: a hundred times the largest that exchanges send.
  static let bodyBytes: ClosedRange<Int64> = 1...(16 << 20)
  /// Microseconds of looking for requests before a sleep.
  static let busyPoll: ClosedRange<Int64> = 0...Int64(BidServerLimits.busyPollMicroseconds)
  /// Milliseconds of an exchange's deadline and margin: no auction takes a minute.
  static let deadlineMilliseconds: ClosedRange<Int64> = 0...60_000
  /// Milliseconds between two looks at the inbox.
  static let pollMilliseconds: ClosedRange<Int64> = 10...3_600_000
  /// Milliseconds that a bid waits for its notice: a day's bids at most are held after a crash.
  static let windowMilliseconds: ClosedRange<Int64> =
    1...(Int64(LedgerLimits.windowSeconds) * 1_000)
  /// Milliseconds of waiting and keeping times: ten years.
  static let keepingMilliseconds: ClosedRange<Int64> = 1...(3_650 * 86_400_000)
  /// Characters of names.
  static let nameCharacters = 64
  /// Characters of paths and URLs.
  static let pathCharacters = 2_000
  /// Currencies with a rate: all of ISO 4217.
  static let currencies = 200
  /// Billionths of a US dollar a unit: from one billionth to a million dollars.
  static let rate: ClosedRange<Int64> = 1...1_000_000_000_000_000
  /// Decimals of a price: micros have six.
  static let priceDecimals: ClosedRange<Int64> = 0...6
  /// Open bids for one impression.
  static let bidsPerImpression: ClosedRange<Int64> = 1...16
  /// Purposes of a TCF string: the field has 24 bits.
  static let purposes: ClosedRange<Int64> = 1...24
  /// Numbers of a vendor in a TCF string: 16 bits.
  static let vendors: ClosedRange<Int64> = 1...65_535
}

/// The maxima of the commands that talk to a server.
enum ClientLimits {
  /// Milliseconds until a server has taken a connection: one that is there takes it at once.
  static let connectMilliseconds = 10_000
  /// Milliseconds without a byte: the longest apply that is allowed takes a few seconds.
  static let idleMilliseconds = 120_000
  /// Bytes of an answer's head: proxies add a few lines.
  static let headBytes = 64 << 10
  /// Bytes of an answer: before and after of the largest document that may be applied, and more.
  static let answerBytes = 256 << 20
  /// Bytes of a document that a server takes in one request.
  static let documentBytes = 32 << 20
  /// Changes that an apply asks for: all that there can be.
  static let listedChanges = 1_000_000
  /// Bytes of a file with a key: far beyond any key, so that a wrong file is noticed.
  static let keyBytes = 4_096
  /// New objects whose fields a diff shows; of more it shows the paths, as nobody reads them.
  static let shownCreations = 20
}

/// The maxima of commands' options.
enum CommandLimits {
  /// Users of a synthetic audience: more than an index of one machine holds.
  static let syntheticUsers = 1_000_000_000
  /// Segments of a synthetic audience: twice as many as the largest taxonomies have.
  static let syntheticSegments = 100_000
}
