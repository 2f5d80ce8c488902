/// The lines of a file by what became of them.
package struct LineCounts: Equatable, Sendable {
  /// Lines applied to the index.
  package var stored = 0
  /// Blank lines.
  package var empty = 0
  /// Lines that do not follow the grammar.
  package var malformed = 0
  /// Lines over ``IngestLimits/lineBytes``.
  package var tooLong = 0
  /// Lines whose id's type maps to no configured space.
  package var unknownID = 0
  /// Lines identical to an earlier one of the file; all lines of a replay or a stale file.
  package var duplicate = 0
  /// Tokens of stored and repeated lines that are no segment; not lines, so not in the sum.
  package var badSegments = 0

  package init() {}

  /// All lines: each is counted in exactly one of the other counts.
  package var received: Int { stored + empty + malformed + tooLong + unknownID + duplicate }

  /// Lines that follow the grammar.
  var valid: Int { stored + duplicate + unknownID }

  /// The counts of a file that leaves no trace: what would have been stored is in no count.
  var withoutEffect: LineCounts {
    var counts = self
    counts.stored = 0
    counts.duplicate = 0
    counts.badSegments = 0
    return counts
  }

  /// The counts of a file whose lines were all applied before.
  static func repeated(_ lines: Int) -> LineCounts {
    var counts = LineCounts()
    counts.duplicate = lines
    return counts
  }
}
