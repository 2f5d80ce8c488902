import FixedMemory
import Telemetry

@testable import Journal

/// A state that is the list of payloads, each a number: what a journal must bring back.
struct ListState: JournalState, Equatable {
  struct Refused: Error {}

  var numbers: [UInt64] = []
  /// A number that no frame may hold.
  var refused: UInt64?

  mutating func restore(checkpoint: RawSpan) throws {
    numbers = (0..<checkpoint.byteCount / 8).map { checkpoint.word(at: 8 * $0) }
  }

  mutating func replay(_ frame: RawSpan) throws {
    if frame.word(at: 0) == refused { throw Refused() }
    numbers.append(frame.word(at: 0))
  }

  var checkpoint: [UInt8] {
    var bytes: [UInt8] = []
    for number in numbers { bytes.append(word: number) }
    return bytes
  }

  /// The payload of a number: of a length that follows from it.
  static func payload(_ number: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(word: number)
    for index in 0..<number * 7 % 60 {
      bytes.append(UInt8(truncatingIfNeeded: number &* 31 &+ index))
    }
    return bytes
  }
}

extension JournalDisk {
  /// What the folder brings back.
  func recover(
    repairs: Bool = true, refused: UInt64? = nil
  ) throws -> (state: ListState, recovered: RecoveredJournal) {
    var state = ListState(refused: refused)
    var recovery = JournalRecovery(self, repairs: repairs)
    try recovery.run(into: &state)
    return (state, recovery.recovered)
  }

  /// A writer behind what was recovered.
  func writer(
    after recovered: RecoveredJournal, end: JournalEnd = JournalEnd()
  ) throws -> JournalWriter {
    try JournalWriter(disk: self, after: recovered, end: end, durations: DurationHistogram())
  }
}
