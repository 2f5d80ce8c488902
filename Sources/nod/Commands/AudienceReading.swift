import ArgumentParser
import AudienceIndex
import Foundation
import LinuxIO

/// A snapshot file or the index of a data folder, opened for reading.
enum AudienceReading {
  case snapshot(AudienceSnapshot)
  case store(AudienceStore, spaces: [IDSpace])

  /// The folder of the index in a data folder.
  static let storeFolder = "audience"

  /// Looks in a data folder that a server changes meanwhile, before giving up.
  private static let attempts = 5

  /// Opens a path and checks every byte; failures are printed and exit.
  static func open(_ path: String) throws -> AudienceReading {
    do {
      return try opened(path)
    } catch let error as AudienceStoreError {
      Output.error("\(error)")
      throw ExitStatus.dataError.exit
    } catch let error as FileError {
      Output.error("\(error)")
      throw (error.isMissing ? ExitStatus.noInput : .inputOutput).exit
    }
  }

  private static func opened(_ path: String) throws -> AudienceReading {
    guard let status = try FileStatus.of(path) else {
      throw FileError(operation: "open", path: path, code: Errno.notFound.rawValue)
    }
    guard status.isDirectory else { return .snapshot(try AudienceSnapshot(path: path)) }
    let folder = Directory(path).path(of: storeFolder)
    guard try FileStatus.of(folder) != nil else {
      throw FileError(operation: "open", path: folder, code: Errno.notFound.rawValue)
    }
    var attempt = 1
    while true {
      do {
        return try store(at: folder)
      } catch let error as FileError where error.isMissing && attempt < attempts {
        // The server replaced the files between the list and their opening.
        attempt += 1
      }
    }
  }

  private static func store(at path: String) throws -> AudienceReading {
    var options = AudienceStore.Options(path: path, spaces: [])
    options.isReadOnly = true
    let store = try AudienceStore(options)
    var spaces: [IDSpace] = []
    for layer in store.info.layers {
      let known = try AudienceSnapshot(path: Directory(path).path(of: layer.name)).spaces
      spaces += known.filter { space in !spaces.contains { $0.name == space.name } }
    }
    return .store(store, spaces: spaces)
  }

  /// The figures.
  var info: SnapshotInfo {
    switch self {
    case .snapshot(let snapshot): snapshot.info
    case .store(let store, _): store.info
    }
  }

  /// The segments of a user whose membership has not ended, by name, and whether the user is
  /// suppressed.
  func user(
    id: String, space: String, nowSeconds: UInt32
  ) -> (segments: [String], isSuppressed: Bool) {
    guard let key = hasher(space: space)?.key(of: id) else { return ([], false) }
    let memberships: [NamedMembership]?
    var isSuppressed = false
    switch self {
    case .snapshot(let snapshot):
      memberships = snapshot.memberships(of: key)
    case .store(let store, _):
      memberships = store.memberships(of: key)
      isSuppressed = store.isSuppressed(key)
    }
    let current = (memberships ?? []).filter {
      $0.expirySeconds == 0 || $0.expirySeconds > nowSeconds
    }
    return (current.map { $0.segment }.sorted(), isSuppressed)
  }

  /// A snapshot knows all its spaces; a data folder may hold suppressed ids of others.
  private func hasher(space name: String) -> UserKeyHasher? {
    switch self {
    case .snapshot(let snapshot):
      return snapshot.hasher(space: name)
    case .store(let store, let spaces):
      let other = name == IDSpace.ifa.name ? IDSpace.ifa : IDSpace(name: name)
      let space = spaces.first { $0.name == name } ?? other
      return UserKeyHasher(space: space, key: store.hashKey)
    }
  }
}
