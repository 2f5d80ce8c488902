import AuctionTypes
import OpenRTB

/// What became of a request.
@frozen @usableFromInline
package enum BidOutcome: Equatable, Sendable {
  /// The response buffer holds a BidResponse.
  case bid
  /// No bid; the response buffer is empty.
  case noBid(NoBidReason)
  /// The body breaks a rule of OpenRTB: 400.
  case malformed(MalformedRule)
}
