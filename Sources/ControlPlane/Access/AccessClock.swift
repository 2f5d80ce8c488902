import AuctionTypes
import LinuxIO

/// The time as access is judged by it; tests bring their own.
struct AccessClock: Sendable {
  /// For what is written down.
  var wall: @Sendable () -> WallTime = {
    WallTime(milliseconds: Clock.realtimeMilliseconds())
  }
  /// Milliseconds that never step, for what lasts a while.
  var milliseconds: @Sendable () -> Int64 = {
    Int64(Clock.coarseNanoseconds() / 1_000_000)
  }
}
