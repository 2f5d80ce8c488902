/// What a notice URL tells of.
@frozen @usableFromInline
package enum NoticeKind: UInt8, CaseIterable, Sendable {
  /// `nurl`: the auction is won.
  case win
  /// `burl`: the exchange bills the impression.
  case billing
  /// `lurl`: the auction is lost.
  case loss
  /// The click URL in the markup.
  case click
  /// The pixel in the markup: the impression was shown.
  case pixel

  /// The label in metrics.
  package var name: StaticString {
    switch self {
    case .win: "win"
    case .billing: "billing"
    case .loss: "loss"
    case .click: "click"
    case .pixel: "pixel"
    }
  }
}
