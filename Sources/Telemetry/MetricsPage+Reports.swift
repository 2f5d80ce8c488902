extension MetricsPage {
  /// How far the reports have come with the event log.
  package struct Reports: Sendable, Equatable {
    /// How old the newest moment is up to which all events are counted; nil before the log was
    /// first read to its end.
    package var lagMilliseconds: Int64?
    /// Events counted since the start.
    package var events: UInt64
    /// Attempts to count that failed.
    package var failures: UInt64
    /// Files of the event log that were deleted before they were counted, ever.
    package var lostFiles: Int
    /// Bytes of the event log that held no events any more, ever.
    package var damagedBytes: Int

    package init(
      lagMilliseconds: Int64?, events: UInt64, failures: UInt64, lostFiles: Int,
      damagedBytes: Int
    ) {
      self.lagMilliseconds = lagMilliseconds
      self.events = events
      self.failures = failures
      self.lostFiles = lostFiles
      self.damagedBytes = damagedBytes
    }
  }
}

extension MetricsPage.Reports {
  /// Writes the families.
  func write(to page: inout MetricsText) {
    page.family(
      "nod_report_lag_seconds", .gauge,
      "How far reports are behind the event log's end; no sample until the first event is read.")
    if let lagMilliseconds {
      page.sample(
        "nod_report_lag_seconds", [],
        MetricsText.seconds(UInt64(max(0, lagMilliseconds)) * 1_000_000))
    }
    page.family("nod_report_events_total", .counter, "Events that reports have counted.")
    page.sample("nod_report_events_total", [], "\(events)")
    page.family("nod_report_failures_total", .counter, "Times that events could not be counted.")
    page.sample("nod_report_failures_total", [], "\(failures)")
    page.family(
      "nod_report_lost_files", .gauge, "Files of events deleted before they were counted.")
    page.sample("nod_report_lost_files", [], "\(lostFiles)")
    page.family("nod_report_damaged_bytes", .gauge, "Bytes of events that could not be read.")
    page.sample("nod_report_damaged_bytes", [], "\(damagedBytes)")
  }
}
