import AuctionTypes
import LinuxIO
import Synchronization

/// The audiences of a data folder: layers, suppressed users, segment names, and which files were
/// applied.
///
/// Any thread may call it; changes wait for each other, and views are taken without waiting for
/// one. A change is durable when it returns, and after a crash it happened whole or not at all.
package final class AudienceStore: Sendable {
  /// The numbers of the segments; names that a layer relies on are on the disk.
  package let registry: SegmentRegistry
  /// The secret of the user keys.
  package let hashKey: HashKey
  let directory: Directory
  let options: Options
  /// What the readers see; held briefly.
  let state: Mutex<State>
  /// What a change needs; held for as long as it takes.
  let changing: Mutex<Changing>

  /// How a store is opened.
  package struct Options: Sendable {
    /// The folder; created when missing.
    package var path: String
    /// The id spaces whose keys may be in it, noted in each layer.
    package var spaces: [IDSpace]
    /// Whether nothing may be written: for reading a folder that a server may have open.
    package var isReadOnly = false
    /// Called after each step of a change; a test throws from it what a crash would do.
    package var onStep: @Sendable (StoreStep) throws -> Void = { _ in }
    /// The bytes of lines that a batch holds in memory.
    package var stageMemoryBytes = Limits.stageMemoryBytes
    /// The bits of the fingerprint that are compared; fewer only in tests.
    package var fingerprintMask: UInt32 = .max

    package init(path: String, spaces: [IDSpace]) {
      self.path = path
      self.spaces = spaces
    }
  }

  struct State: Sendable {
    var manifest: StoreManifest
    var layers: [SharedLayer]
    var suppression: SharedSuppression
    var publish: (@Sendable (consuming AudienceView) -> Void)?
  }

  struct Changing: ~Copyable, Sendable {
    var names: SegmentNameFile
    /// Holds the folder against other processes.
    let lock: File?
    var isBroken = false
    var batches = 0
    /// When memberships that ended are next looked for, in milliseconds since 1970.
    var nextExpiry: Int64 = 0
  }

  /// Opens a folder, checks every byte of what is in it, and removes what a crash left over.
  ///
  /// - Throws: ``AudienceStoreError``, ``FileError``.
  /// - Complexity: O(bytes).
  package init(_ options: Options) throws {
    let directory = Directory(options.path)
    var lock: File?
    if !options.isReadOnly {
      try directory.create()
      lock = try Self.lock(directory)
    }
    let manifest = try Self.readManifest(directory)
    hashKey = try Self.readKey(directory, options, isNew: manifest == nil)
    let (names, known) = try SegmentNameFile.read(
      directory, needed: manifest?.segmentCount ?? 0)
    self.directory = directory
    self.options = options
    registry = SegmentRegistry(names: known)
    let opened = manifest ?? StoreManifest()
    let layers = try Self.openLayers(
      opened, directory, hashKey, forLookups: !options.isReadOnly)
    let suppression = try Self.openSuppression(opened, directory)
    state = Mutex(State(manifest: opened, layers: layers, suppression: suppression))
    changing = Mutex(Changing(names: names, lock: lock))
    if !options.isReadOnly { try sweep(opened) }
  }

  /// Hands out a view of what is known now, and another one after each change, in order.
  ///
  /// - Parameter publish: called under a lock; must not call the store.
  package func attach(_ publish: @escaping @Sendable (consuming AudienceView) -> Void) {
    state.withLock { state in
      state.publish = publish
      publish(state.view)
    }
  }

  /// What is known now.
  package func view() -> AudienceView { state.withLock { $0.view } }

  /// Raised by every change; 0 for a new folder.
  package var generation: UInt64 { state.withLock { $0.manifest.generation } }

  /// What is known of a file that was applied, or nil when it was not.
  ///
  /// - Complexity: O(files remembered).
  package func applied(source: String, name: String, digest: String) -> AppliedFile? {
    state.withLock { state in
      state.manifest.applied.last {
        $0.source == source && $0.name == name && $0.digest == digest
      }
    }
  }

  /// The timestamp of the newest `full` file of a source and id space, in milliseconds.
  package func newestFull(source: String, idSpace: String) -> Int64? {
    state.withLock {
      $0.manifest.newestFulls[StoreManifest.Feed(source: source, idSpace: idSpace)]
    }
  }

  /// Begins to collect the lines of one file, or of the files of one manifest.
  ///
  /// - Parameter segmentPrefix: what the names of the source's segments start with.
  package func beginBatch(mode: StageMode, segmentPrefix: String) throws(FileError) -> StagedBatch {
    let staging = directory.directory(Self.stagingName)
    try staging.create()
    let number = changing.withLock { changing in
      changing.batches += 1
      return changing.batches
    }
    return StagedBatch(
      mode: mode, segmentPrefix: segmentPrefix, directory: staging, name: "batch-\(number)",
      memoryBytes: options.stageMemoryBytes)
  }

  static let stagingName = "staging"
}

extension AudienceStore.State {
  /// A view of it.
  var view: AudienceView {
    AudienceView(
      layers: layers, suppressed: suppression.table.shared(),
      generation: manifest.generation, userCount: manifest.userCount,
      membershipCount: manifest.membershipCount)
  }
}
