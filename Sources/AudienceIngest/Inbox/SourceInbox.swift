import AuctionTypes
import LinuxIO

/// The inbox of one source: finds complete files, takes them in, and leaves a report of each.
///
/// The order of the steps makes a crash harmless at any of them: the store commits, bids see the
/// rows, the report is renamed into place, the file is moved. A file that is still in the inbox
/// after the commit is known by its ``PendingMarker``.
final class SourceInbox<Store: UploadStore> {
  let source: AudienceSource
  let folder: SourceFolder
  let store: Store
  let settings: IngestSettings
  let counters: UploadCounters
  let publish: () throws -> Void
  /// Called after each step of an upload; a test throws from it what a crash would do.
  var onStep: (IngestStep) throws -> Void = { _ in }
  private var watch = InboxWatch()
  /// Parts that were held against a manifest when they were taken in, by the manifest's name.
  var verifiedParts: [String: Set<String>] = [:]

  /// - Parameters:
  ///   - path: the source's folder in the inbox.
  ///   - publish: makes what the store has committed visible to bids.
  init(
    source: AudienceSource, path: String, store: Store, settings: IngestSettings,
    counters: UploadCounters, publish: @escaping () throws -> Void
  ) {
    self.source = source
    folder = SourceFolder(path: path)
    self.store = store
    self.settings = settings
    self.counters = counters
    self.publish = publish
  }

  /// Creates missing folders and removes markers whose files are gone.
  func start() throws {
    try folder.create()
    for name in try folder.inbox.list() {
      guard let file = PendingMarker.file(of: name) else { continue }
      if try FileStatus.ofEntry(folder.inbox.path(of: file)) == nil {
        try folder.inbox.remove(name)
      }
    }
  }

  /// Looks once at the folder and takes in what is complete.
  ///
  /// - Throws: what is not of a file's making, like a full disk; the next look tries again.
  func poll() throws {
    let entries = try watch.look(
      at: folder.inbox, nowMilliseconds: settings.now().milliseconds)
    var manifests: [LoadedManifest] = []
    var parts: [UploadPart] = []
    for entry in entries {
      if source.format == .adobeOutbound && entry.isManifest {
        if let loaded = try load(entry) { manifests.append(loaded) }
      } else if let part = try part(entry) {
        parts.append(part)
      }
    }
    parts.sort { $0.order < $1.order }
    switch source.manifest {
    case .optional where watch.hasNewManifest: return
    case .optional: try takeSingles(parts, manifests)
    case .required: try takeBatches(parts, manifests)
    }
  }

  /// Reads a manifest; one that is none is rejected.
  private func load(_ entry: InboxEntry) throws -> LoadedManifest? {
    let started = settings.now()
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try File.contents(
        of: folder.inbox.path(of: entry.name), limit: IngestLimits.manifestBytes)
    } catch {
      try finish(entry.name, rejection: .unreadable("\(error)"), started)
      return nil
    }
    do throws(FileRejection) {
      return LoadedManifest(entry: entry, manifest: try Manifest(bytes))
    } catch {
      try finish(entry.name, rejection: error, started)
      return nil
    }
  }

  /// Reads a data file's name; a wrong one is rejected, and one that a crash left here after it
  /// was applied is brought to its end.
  private func part(_ entry: InboxEntry) throws -> UploadPart? {
    if try recover(entry) { return nil }
    guard source.format == .adobeOutbound else { return UploadPart(entry: entry, name: nil) }
    do throws(FileRejection) {
      return UploadPart(entry: entry, name: try AdobeFileName(entry.name))
    } catch {
      try finish(entry.name, rejection: error, settings.now())
      return nil
    }
  }
}
