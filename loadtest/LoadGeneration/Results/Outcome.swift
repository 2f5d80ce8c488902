/// What became of a planned request.
package enum Outcome: Int, CaseIterable, Sendable {
  /// A 200 with a bid.
  case bid
  /// A 204, or another 2xx without a bid.
  case noBid
  /// A status of 400 to 499.
  case refused
  /// Any other status.
  case failed
  /// An answer that is no HTTP, or too long.
  case malformed
  /// The connection ended before the answer did.
  case broken
  /// No answer within the time-out; what comes later is not looked at.
  case timedOut
  /// No connection was free before it was given up.
  case unsent

  /// Its name in reports.
  package var name: String {
    switch self {
    case .bid: "bid"
    case .noBid: "no-bid"
    case .refused: "refused"
    case .failed: "failed"
    case .malformed: "malformed"
    case .broken: "broken"
    case .timedOut: "timed-out"
    case .unsent: "unsent"
    }
  }

  /// Whether the target answered it in good order.
  package var isGood: Bool { self == .bid || self == .noBid }

  /// Whether an answer came that tells a time.
  package var isAnswer: Bool { rawValue <= Outcome.failed.rawValue }

  /// What a status means, where the body tells whether there is a bid.
  static func of(status: Int, hasBid: Bool) -> Outcome {
    switch status {
    case 200..<300: hasBid ? .bid : .noBid
    case 400..<500: .refused
    default: .failed
    }
  }
}
