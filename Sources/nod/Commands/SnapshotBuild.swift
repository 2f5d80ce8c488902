import AuctionTypes
import AudienceIndex
import AudienceIngest
import Foundation
import LinuxIO
import Synchronization

/// Takes files into an index of their own, in a folder beside the snapshot that comes of it.
///
/// The files pass through an inbox like those of a server, so the same rules and reports hold.
struct SnapshotBuild {
  /// Looks at the inbox: a file is complete at the second one at the latest.
  private static let looks = 3

  private let out: String
  private let work: Directory
  private let folder: Directory
  private let store: AudienceStore
  private let inbox: Inbox<IndexStore>
  private let problems: ProblemLines

  /// Prepares an empty index for a source.
  init(_ configuration: Configuration, _ feed: AudienceSource, out: String) throws {
    let work = Directory("\(out).building")
    let folder = work.directory("inbox").directory(feed.name)
    let problems = ProblemLines()
    store = try Self.emptyStore(in: work, inbox: folder, spaces: configuration.allSpaces)
    var settings = IngestSettings(now: { Self.now })
    settings.maxInvalidPartsPerMillion = configuration.audience.maxInvalidPartsPerMillion
    settings.log = { problems.add($0) }
    inbox = Inbox(
      path: work.path(of: "inbox"), sources: [feed],
      store: IndexStore(store, spaces: configuration.allSpaces), settings: settings,
      counters: UploadCounters(sources: [feed.name]), publish: {})
    self.out = out
    self.work = work
    self.folder = folder
    self.problems = problems
  }

  /// Takes files in; throws a ``CommandFailure`` for the first that is not taken as a whole.
  func take(_ files: [String]) throws {
    let names = try files.map(place)
    let progress = ProgressBar(names.map { folder.path(of: $0) })
    for _ in 0..<Self.looks where try !names.allSatisfy(isJudged) { inbox.poll() }
    progress?.finish()
    if let problem = problems.first {
      throw CommandFailure(status: .inputOutput, message: problem)
    }
    for (file, name) in zip(files, names) { try check(name, of: file) }
  }

  /// Writes the snapshot and returns its figures.
  func finish() throws -> SnapshotInfo {
    do {
      try store.exportSnapshot(to: out, now: Self.now)
      return try AudienceSnapshot(path: out).info
    } catch {
      throw CommandFailure(status: .cannotCreate, message: "\(error)")
    }
  }

  /// Removes the folder of the work, whatever came of it.
  func removeWork() { try? work.removeAll() }

  private static var now: WallTime { WallTime(milliseconds: Clock.realtimeMilliseconds()) }

  private static func emptyStore(
    in work: Directory, inbox: Directory, spaces: [IDSpace]
  ) throws -> AudienceStore {
    do {
      if try FileStatus.of(work.path) != nil { try work.removeAll() }
      try inbox.create()
      return try AudienceStore(
        AudienceStore.Options(path: work.path(of: "index"), spaces: spaces))
    } catch {
      throw CommandFailure(status: .cannotCreate, message: "\(error)")
    }
  }

  /// Puts a file into the inbox: as a link, or a copy where the file system differs.
  private func place(_ file: String) throws -> String {
    let name = URL(fileURLWithPath: file).lastPathComponent
    let manager = FileManager.default
    guard manager.isReadableFile(atPath: file) else {
      throw CommandFailure(status: .noInput, message: "\(file): no such file, or not readable")
    }
    guard !manager.fileExists(atPath: folder.path(of: name)) else {
      throw CommandFailure(status: .dataError, message: "\(file): a second file of this name")
    }
    do {
      try manager.linkItem(atPath: file, toPath: folder.path(of: name))
    } catch {
      try manager.copyItem(atPath: file, toPath: folder.path(of: name))
    }
    return name
  }

  private func isJudged(_ name: String) throws -> Bool {
    try FileStatus.of(folder.path(of: name)) == nil
  }

  private func check(_ name: String, of file: String) throws {
    let rejected = folder.directory("rejected").path(of: name)
    if try FileStatus.of(rejected) != nil {
      let bytes = try? File.contents(
        of: rejected + ".report.json", limit: IngestLimits.reportBytes)
      let reason = bytes.flatMap(IngestReport.init)?.reason ?? "rejected"
      throw CommandFailure(status: .dataError, message: "\(file): \(reason)")
    }
    guard try isJudged(name) else {
      throw CommandFailure(
        status: .dataError, message: "\(file): its batch is not complete; give all parts and .info")
    }
  }
}

/// Lines that ingest reports from inside of a closure.
final class ProblemLines: Sendable {
  private let lines = Mutex<[String]>([])

  /// The first of them.
  var first: String? { lines.withLock { $0.first } }

  /// Adds a line.
  func add(_ line: String) { lines.withLock { $0.append(line) } }
}
