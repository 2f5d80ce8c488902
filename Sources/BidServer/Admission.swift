import AuctionTypes

/// Whether a request is let in, by its age: before anything of it is unpacked or read.
enum Admission {
  /// Why a request is turned down at once; nil for one that is let in.
  ///
  /// A queue that is as long as requests may wait serves nobody: under lasting pressure each would
  /// be answered at the last moment, and no more of them than with a short queue. So then a part of
  /// the time is the bound; a burst may take all of it.
  ///
  /// - Parameters:
  ///   - age: nanoseconds since its bytes became readable.
  ///   - answerMilliseconds: the time within which its exchange takes answers.
  ///   - isPressed: whether requests have come faster than they are answered for a while.
  static func refusal(age: UInt64, answerMilliseconds: Int, isPressed: Bool) -> NoBidReason? {
    let time = UInt64(answerMilliseconds) &* 1_000_000
    if age >= time { return .deadline }
    return isPressed && age >= time / BidServerLimits.pressedPart ? .shed : nil
  }
}
