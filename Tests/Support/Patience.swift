import Foundation

/// How long tests wait for what must come: so long that only a hang passes it, also where each of
/// the suite's processes gets a small share of a processor.
package enum Patience {
  package static let seconds = 120.0
  package static let milliseconds = 120_000

  /// Whether the tests are alone on the machine, as in `make promises`: only there is it judged
  /// how long something took.
  package static let isAlone = ProcessInfo.processInfo.environment["NOD_ALONE"] == "1"

  /// The most that something may take for which a time is promised.
  package static func promised(seconds: Double) -> Double {
    isAlone ? seconds : max(seconds, Self.seconds)
  }
}
