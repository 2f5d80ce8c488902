import AuctionTypes

/// What holds for all sources of an inbox.
package struct IngestSettings: Sendable {
  /// The share of malformed lines above which a file is rejected, in parts per million.
  package var maxInvalidPartsPerMillion: Int64 = 50_000
  /// Lines quoted in a report, at most ``IngestLimits/maxErrorSamples``.
  package var errorSamples = IngestLimits.errorSamples
  /// The time of day: of reports, and what lifetimes count from.
  package var now: @Sendable () -> WallTime
  /// Whether ingest is to stop soon; what is half read is left for the next start.
  package var isStopping: @Sendable () -> Bool = { false }
  /// Tells other threads how far the file under way was read.
  package var progress: IngestProgress?
  /// Called with each report once its file stands beside it.
  package var onReport: @Sendable (IngestReport) -> Void = { _ in }
  /// Where a problem goes that is not of a file's making; one line each.
  package var log: @Sendable (String) -> Void = { _ in }

  package init(now: @escaping @Sendable () -> WallTime) { self.now = now }
}

/// Thrown where ingest was asked to stop; what was half done leaves no trace.
struct IngestInterrupted: Error {}
