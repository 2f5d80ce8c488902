/// The maxima of what is taken in; each is counted, reported or rejected when it is passed.
package enum IngestLimits {
  /// Bytes of a line without its end: Adobe's own limit; longer ones are counted `too_long`.
  package static let lineBytes = 102_400
  /// Bytes of decoded text held at a time: two of the longest lines.
  package static let windowBytes = 256 << 10
  /// Digits of a segment's number: what fits 64 bits with a sign, as Adobe's do.
  package static let segmentDigits = 18
  /// Distinct segment numbers of one file: more than the largest taxonomies hold, and a fraction
  /// of what the index can number, so that one wrong file does not use them up.
  package static let segmentsOfFile = 1 << 17
  /// Lines kept of a file to tell repeated ones: 1 GB of hashes. Later lines of a larger file
  /// are never called duplicates; what they say is applied all the same.
  package static let comparedLines = 1 << 26
  /// Lines quoted in a report, unless configured.
  package static let errorSamples = 200
  /// Lines quoted in a report at most.
  package static let maxErrorSamples = 999
  /// Bytes of a quoted line.
  package static let sampleBytes = 200
  /// Bytes of a file name: what Linux allows, less what reports and markers add to it.
  package static let fileNameBytes = 255 - 12
  /// Bytes of a manifest: 1,000 files of some hundred bytes each.
  package static let manifestBytes = 1 << 20
  /// Files that a manifest lists: each is looked up by name in it, and batches have some tens.
  package static let manifestFiles = 1_000
  /// Levels of lists and maps in a manifest: three are used.
  package static let manifestDepth = 16
  /// Values in a manifest: six for each file, and room for unknown ones.
  package static let manifestValues = 20_000
  /// Bytes of an earlier report that is read again: errors of full length, escaped.
  package static let reportBytes = 4 << 20
  /// Malformed lines below which no share of them rejects a file (contract: audience.max_invalid).
  package static let toleratedMalformed = 100
  /// Files judged in one scan of a source; the rest waits for the next.
  package static let filesOfScan = 10_000
}
