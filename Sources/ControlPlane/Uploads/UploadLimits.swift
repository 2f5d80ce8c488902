/// What uploads are bounded by, and why; a test may ask for less.
package struct UploadLimits: Sendable {
  /// Uploads at a time: each keeps two blocks in memory, 64 MiB together.
  package var uploads = 32
  /// Uploads to the sources of one advertiser at a time, and of them all to those that are shared,
  /// so that one fills an eighth of what there is.
  package var uploadsOfAdvertiser = 4
  /// Uploads of one key at a time, so that it leaves room for others.
  package var uploadsOfKey = 4
  /// Bytes of a file: ten times the largest that feeds are known to send.
  package var fileBytes = 64 << 30
  /// Bytes of all files that are not complete yet.
  package var partialBytes = 512 << 30
  /// Bytes of files that are not complete yet of one advertiser's sources, or of those that are
  /// shared: one of the largest.
  package var partialBytesOfAdvertiser = 64 << 30
  /// Bytes of files that are not complete yet with which an advertiser counts as small: the others
  /// leave twice the reserve of the disk free, so that they cannot fill it for the small.
  package var smallPartialBytes = 1 << 30
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
