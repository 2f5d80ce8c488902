import FixedMemory
import LinuxIO

/// The folders of a source in the inbox, and the steps that end the life of a file there.
///
/// A report is written whole and renamed into place before its file is moved, so that a report
/// is never read half, and a file that is gone from the inbox has one.
struct SourceFolder: Sendable {
  /// Where files are dropped.
  let inbox: Directory
  /// Where files go that were taken in.
  let done: Directory
  /// Where files go that left no trace.
  let rejected: Directory

  /// - Parameter path: the source's folder.
  init(path: String) {
    inbox = Directory(path)
    done = inbox.directory("done")
    rejected = inbox.directory("rejected")
  }

  /// Creates the folders that are missing.
  func create() throws {
    try done.create()
    try rejected.create()
  }

  /// Where files of a status go.
  func folder(of status: IngestReport.Status) -> Directory { status == .done ? done : rejected }

  /// The name of a file's report; a name too long for one is cut.
  static func reportName(of file: String) -> String {
    guard file.utf8.count > IngestLimits.fileNameBytes else { return file + ".report.json" }
    let kept = file.utf8.prefix(IngestLimits.fileNameBytes)
    return String(decoding: kept.prefix(kept.count - 4), as: UTF8.self)
      .replacing("\u{FFFD}", with: "") + ".report.json"
  }

  /// Writes a file's report, in the place of an earlier one, and waits until it is on the disk.
  func write(_ report: String, of file: String, _ status: IngestReport.Status) throws {
    try replace(Self.reportName(of: file), in: folder(of: status), with: Array(report.utf8))
  }

  /// Moves a file from the inbox beside its report, in the place of an earlier one.
  func move(_ file: String, _ status: IngestReport.Status) throws {
    let target = folder(of: status)
    do throws(FileError) {
      try Directory.move(inbox.path(of: file), to: target.path(of: file))
    } catch {
      // Moved already, by an earlier run or by hand.
      guard error.isMissing else { throw error }
    }
    try target.sync()
    try inbox.sync()
  }

  /// Writes a small file so that a reader finds the old content or the new one.
  func replace(_ name: String, in folder: Directory, with bytes: [UInt8]) throws {
    let temporary = ".writing"
    try folder.remove(temporary)
    let file = try File(folder.path(of: temporary), .createNew)
    try file.write(bytes.rawSpan)
    try file.syncData()
    try folder.rename(temporary, to: name)
    try folder.sync()
  }
}
