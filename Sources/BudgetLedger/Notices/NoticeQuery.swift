import AuctionTypes
import FixedMemory

/// The query of a notice URL: the macros that a bid leaves for the exchange (OpenRTB 2.5 section
/// 4.4), and what they have become when the notice comes.
package enum NoticeQuery {
  /// The query of a kind's URL with its `?`; empty for a click.
  package static func text(_ kind: NoticeKind) -> StaticString {
    switch kind {
    case .win, .billing, .pixel: "?p=${AUCTION_PRICE}"
    case .loss: "?p=${AUCTION_PRICE}&r=${AUCTION_LOSS}&m=${AUCTION_MIN_TO_WIN}"
    case .click: ""
    }
  }

  /// The characters of the longest of them.
  package static let longestText = 62

  /// The reason of a loss (OpenRTB 2.5 section 5.25), from what follows the `?`; zero when none can
  /// be read.
  ///
  /// - Complexity: O(bytes).
  package static func lossReason(_ query: RawSpan) -> UInt16 {
    guard let number = NoticeValue(UInt8(ascii: "r"), of: query)?.number, number.isWhole else {
      return 0
    }
    return UInt16(exactly: number.scaled(by: 0, rounding: .down)) ?? 0
  }

  /// The price that would have won, in the bid's currency; nil when none can be read.
  ///
  /// - Complexity: O(bytes).
  package static func minimumToWin(_ query: RawSpan) -> CPM? {
    NoticeValue(UInt8(ascii: "m"), of: query)?.price
  }
}
