import AuctionTypes

/// What a notice URL with a valid tag says.
package struct SignedNotice: Equatable, Sendable, BitwiseCopyable {
  package let kind: NoticeKind
  package let token: NoticeToken
}

extension NoticeKind {
  /// The kind's letter in URLs.
  package var letter: UInt8 {
    switch self {
    case .win: UInt8(ascii: "w")
    case .billing: UInt8(ascii: "b")
    case .loss: UInt8(ascii: "l")
    case .click: UInt8(ascii: "c")
    case .pixel: UInt8(ascii: "p")
    }
  }

  /// The kind of a letter in URLs.
  package init?(letter: UInt8) {
    switch letter {
    case UInt8(ascii: "w"): self = .win
    case UInt8(ascii: "b"): self = .billing
    case UInt8(ascii: "l"): self = .loss
    case UInt8(ascii: "c"): self = .click
    case UInt8(ascii: "p"): self = .pixel
    default: return nil
    }
  }

  /// The kind that a path names, from what follows `/n/` in it: forged ones are counted by kind
  /// too.
  package init?(path: RawSpan) {
    guard path.byteCount >= 2, path.byte(at: 1) == UInt8(ascii: "/") else { return nil }
    self.init(letter: path.byte(at: 0))
  }
}
