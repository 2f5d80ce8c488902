import AuctionTypes
import LinuxIO

/// The folders where audience files are dropped: `<inbox>/<source>/<file>`.
///
/// One thread runs it. Suppression sources come first, so that an opt-out does not wait for the
/// audience files of the same look.
package final class Inbox<Store: UploadStore> {
  private let sources: [SourceInbox<Store>]
  private let settings: IngestSettings
  private var isStarted: Set<String> = []
  private var lastProblems: [String: String] = [:]

  /// - Parameters:
  ///   - path: the folder that holds a folder for each source.
  ///   - counters: counts the lines of all sources.
  ///   - publish: makes what the store has committed visible to bids, where the store does not do
  ///     so itself; called on the thread that polls, after a commit and before its report.
  package init(
    path: String, sources: [AudienceSource], store: Store, settings: IngestSettings,
    counters: UploadCounters, publish: @escaping () throws -> Void = {}
  ) {
    self.settings = settings
    let ordered =
      sources.filter { $0.format == .suppression } + sources.filter { $0.format != .suppression }
    self.sources = ordered.map { source in
      SourceInbox(
        source: source, path: "\(path)/\(source.name)", store: store, settings: settings,
        counters: counters, publish: publish)
    }
  }

  /// Looks once at every source's folder and takes in what is complete.
  ///
  /// A file is complete when two looks in a row find it unchanged. A problem that is not of a
  /// file's making, like a full disk, is logged once until it changes; the next look tries again.
  /// - Returns: false when it was interrupted because ingest is to stop.
  @discardableResult
  package func poll() -> Bool {
    for source in sources {
      if settings.isStopping() { return false }
      do {
        if isStarted.insert(source.source.name).inserted { try source.start() }
        try source.poll()
        lastProblems[source.source.name] = nil
      } catch is IngestInterrupted {
        return false
      } catch {
        // A folder may be missing: the next look makes it anew.
        isStarted.remove(source.source.name)
        report(error, of: source.source.name)
      }
    }
    return true
  }

  /// Polls until ingest is to stop.
  ///
  /// - Parameter wait: returns after the poll interval, or earlier when ingest is to stop.
  package func run(wait: () -> Void) {
    while !settings.isStopping() {
      poll()
      if !settings.isStopping() { wait() }
    }
  }

  private func report(_ error: any Error, of source: String) {
    let problem = "audience source \(source): \(error)"
    guard lastProblems.updateValue(problem, forKey: source) != problem else { return }
    settings.log(problem)
  }
}
