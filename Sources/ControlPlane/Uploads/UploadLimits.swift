/// What uploads are bounded by, and why; a test may ask for less.
package struct UploadLimits: Sendable {
  /// Uploads at a time: each keeps two blocks in memory and the disk busy.
  package var uploads = 8
  /// Uploads of one key at a time, so that it leaves room for others.
  package var uploadsOfKey = 4
  /// Bytes of a file: ten times the largest that feeds are known to send.
  package var fileBytes = 64 << 30
  /// Bytes of all files that are not complete yet.
  package var partialBytes = 64 << 30
  /// Bytes of the disk that uploads leave free: the journal and the index are often on the same.
  package var reserveBytes = 2 << 30
  /// Bytes that are collected before they are written.
  package var blockBytes = 1 << 20
  /// Milliseconds after which a file that does not go on is removed: a day's feed comes anew.
  package var partialMilliseconds: Int64 = 86_400_000
  /// Reports of earlier runs that are looked at for a source without jobs.
  package var reportsOfSource = 1_000
  /// Bytes of reports in one page of jobs; the page ends there.
  package var reportBytesOfPage = 8 << 20
  /// Milliseconds for which a look at a source's folder is good enough for an answer.
  package var surveyMilliseconds: Int64 = 500

  package init() {}
}
