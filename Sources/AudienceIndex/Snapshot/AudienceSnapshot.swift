import AuctionTypes
import FixedMemory
import LinuxIO

/// A snapshot file that is read alone: it holds the segments' names and how ids become keys.
package final class AudienceSnapshot: Sendable {
  private let layer: SharedLayer
  private let names: [UInt32: String]
  /// The id spaces whose keys may be in it.
  package let spaces: [IDSpace]

  /// Opens a file and checks all its bytes.
  ///
  /// - Throws: ``AudienceStoreError``, ``FileError``.
  /// - Complexity: O(bytes).
  package init(path: String) throws {
    do {
      let layer = try AudienceLayer(MappedFile(path: path))
      spaces = try layer.readSpaces()
      names = try layer.readSegmentNames()
      self.layer = SharedLayer(layer, name: path)
    } catch let damage as LayerDamage {
      throw AudienceStoreError.damaged(path: path, reason: damage.description)
    }
  }

  /// What hashes the ids of a space, or nil when the file does not know it.
  package func hasher(space name: String) -> UserKeyHasher? {
    spaces.first { $0.name == name }.map {
      UserKeyHasher(space: $0, key: layer.layer.header.hashKey)
    }
  }

  /// All that is known of a user; nil when there is no row.
  package func memberships(of user: UserKey) -> [NamedMembership]? {
    var cursor = RecordCursor(layer)
    cursor.seek(user)
    guard cursor.key == user else { return nil }
    var row: [Membership] = []
    cursor.read(into: &row)
    return row.map {
      NamedMembership(
        segment: names[$0.segment.rawValue] ?? "#\($0.segment.rawValue)",
        expirySeconds: $0.expirySeconds)
    }
  }

  /// The file as a view for lookups, with segment numbers as they were when it was written.
  package func view() -> AudienceView {
    AudienceView(
      layers: [layer], suppressed: .empty, generation: layer.layer.header.generation,
      userCount: layer.layer.header.userCount,
      membershipCount: layer.layer.header.membershipCount)
  }

  /// Its figures.
  package var info: SnapshotInfo {
    let figures = layer.info
    var info = SnapshotInfo([figures])
    info.generation = figures.generation
    info.userCount = figures.userCount
    info.membershipCount = figures.membershipCount
    info.segmentCount = names.count
    return info
  }
}

extension AudienceLayer {
  /// The id spaces noted in the file.
  func readSpaces() throws(LayerDamage) -> [IDSpace] {
    let extent = header[.spaces]
    let bytes = file.bytes.slice(extent.offset, extent.count)
    var reader = ByteReader(offset: 0)
    guard let count = reader.checkedVarint(bytes) else { throw .section("spaces") }
    var spaces: [IDSpace] = []
    for _ in 0..<count {
      guard let name = reader.text(bytes), reader.offset + 2 <= bytes.byteCount,
        let format = IDSpace.Format(rawValue: bytes.byte(at: reader.offset))
      else { throw .section("spaces") }
      let foldsCase = bytes.byte(at: reader.offset + 1) != 0
      spaces.append(IDSpace(name: name, format: format, foldsCase: foldsCase))
      reader.offset += 2
    }
    return spaces
  }

  /// The names of the segments in the file by their numbers.
  func readSegmentNames() throws(LayerDamage) -> [UInt32: String] {
    let extent = header[.segments]
    let bytes = file.bytes.slice(extent.offset, extent.count)
    var reader = ByteReader(offset: 0)
    var names: [UInt32: String] = [:]
    while reader.offset < bytes.byteCount {
      guard let segment = reader.checkedVarint(bytes), let id = UInt32(exactly: segment),
        reader.checkedVarint(bytes) != nil, let name = reader.text(bytes)
      else { throw .section("segments") }
      names[id] = name
    }
    return names
  }
}
