import Cryptography
import FixedMemory
import LinuxIO

/// What is read when a folder is opened.
extension AudienceStore {
  private static let keyName = "hash.key"
  private static let lockName = "lock"

  static func lock(_ directory: Directory) throws -> File {
    let file = try File(directory.path(of: lockName), .openOrCreate)
    guard try file.tryLock() else { throw AudienceStoreError.inUse(path: directory.path) }
    return file
  }

  static func readManifest(_ directory: Directory) throws -> StoreManifest? {
    let path = directory.path(of: StoreManifest.fileName)
    guard try FileStatus.of(path) != nil else { return nil }
    let bytes = try File.contents(of: path, limit: Limits.manifestBytes)
    guard let manifest = StoreManifest(bytes) else {
      throw AudienceStoreError.damaged(path: path, reason: "damaged manifest")
    }
    return manifest
  }

  /// Reads the secret of the user keys; it is drawn when the folder is new.
  static func readKey(
    _ directory: Directory, _ options: Options, isNew: Bool
  ) throws -> HashKey {
    let path = directory.path(of: keyName)
    guard try FileStatus.of(path) != nil else {
      guard isNew, !options.isReadOnly else {
        throw AudienceStoreError.damaged(path: path, reason: "the key of the user ids is missing")
      }
      return try createKey(directory)
    }
    let bytes = try File.contents(of: path, limit: 4096)
    guard bytes.count == 24,
      Checksum64.of(bytes.rawSpan.slice(0, 16)) == bytes.rawSpan.word(at: 16)
    else {
      throw AudienceStoreError.damaged(path: path, reason: "the key of the user ids is damaged")
    }
    return HashKey(first: bytes.rawSpan.word(at: 0), second: bytes.rawSpan.word(at: 8))
  }

  private static func createKey(_ directory: Directory) throws -> HashKey {
    let key = HashKey(first: SecureRandom.word(), second: SecureRandom.word())
    var writer = ByteWriter()
    writer.append(word: key.first)
    writer.append(word: key.second)
    let sum = Checksum64.of(writer.bytes.rawSpan)
    writer.append(word: sum)
    try write(writer.bytes, as: keyName, in: directory, mode: 0o600)
    try directory.sync()
    return key
  }

  /// Writes a file under a temporary name, waits until it is on the disk, and renames it.
  static func write(
    _ bytes: [UInt8], as name: String, in directory: Directory, mode: UInt32 = 0o644,
    beforeRename: () throws -> Void = {}
  ) throws {
    let temporary = "\(name).tmp"
    try directory.remove(temporary)
    let file = try File(directory.path(of: temporary), .createNew, mode: mode)
    try file.write(bytes.rawSpan)
    try file.sync()
    try beforeRename()
    try directory.rename(temporary, to: name)
  }

  static func openLayers(
    _ manifest: StoreManifest, _ directory: Directory, _ key: HashKey, forLookups: Bool
  ) throws -> [SharedLayer] {
    guard manifest.layers.count <= Limits.maxLayers else {
      throw AudienceStoreError.damaged(path: directory.path, reason: "too many layers")
    }
    return try manifest.layers.map { name in
      let path = directory.path(of: name)
      do {
        let layer = try AudienceLayer(MappedFile(path: path))
        guard layer.header.hashKey == key else {
          throw AudienceStoreError.damaged(
            path: path, reason: "written with another key of user ids")
        }
        guard forLookups else { return SharedLayer(layer, name: name) }
        return SharedLayer(layer.preparedForLookups(), name: name)
      } catch let damage as LayerDamage {
        throw AudienceStoreError.damaged(path: path, reason: damage.description)
      }
    }
  }

  static func openSuppression(
    _ manifest: StoreManifest, _ directory: Directory
  ) throws -> SharedSuppression {
    guard let name = manifest.suppression else { return SharedSuppression(.empty) }
    let path = directory.path(of: name)
    do {
      return SharedSuppression(try SuppressionTable(MappedFile(path: path)))
    } catch let damage as LayerDamage {
      throw AudienceStoreError.damaged(path: path, reason: damage.description)
    }
  }

  /// Removes files of the store that the manifest does not name.
  func sweep(_ manifest: StoreManifest) throws(FileError) {
    let kept = Set(manifest.layers + [manifest.suppression].compactMap { $0 })
    for name in try directory.list() where !kept.contains(name) {
      let isOurs =
        name.hasSuffix(".nodx") || name.hasSuffix(".nods") || name.hasSuffix(".tmp")
      if isOurs { try directory.remove(name) }
    }
    let staging = directory.directory(Self.stagingName)
    if try FileStatus.of(staging.path) != nil { try staging.removeAll() }
  }
}
