import AuctionTypes
import FixedMemory
import Foundation
import LinuxIO

@testable import AudienceIndex

/// Writes a snapshot of a few users as the index has it on the disk.
struct AudienceBook {
  let registry: SegmentRegistry
  let idSpaces: [IDSpace]
  let key: HashKey

  /// The key of an id written as `space:id`; nil where it is no id of the space.
  func userKey(_ name: String) -> UserKey? {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    let space =
      idSpaces.first { $0.name == parts[0] }
      ?? (parts[0] == "ifa" ? .ifa : IDSpace(name: parts[0]))
    return UserKeyHasher(space: space, key: key).key(of: parts[1])
  }

  /// A view of users, each with the names of their segments, and of suppressed ids.
  func view(users: [String: [String]], suppressed: [String]) -> AudienceView {
    if users.isEmpty && suppressed.isEmpty { return .empty() }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nod-engine-\(UUID().uuidString)").path
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let layer = try layer(of: users, path: folder + "/users")
      let table = try suppression(of: suppressed, path: folder + "/suppressed")
      return AudienceView(
        layers: [SharedLayer(layer, name: "users")], suppressed: table, generation: 1,
        userCount: users.count, membershipCount: 0)
    } catch {
      fatalError("no snapshot: \(error)")
    }
  }

  private func layer(of users: [String: [String]], path: String) throws -> AudienceLayer {
    var builder = try LayerBuilder(
      path: path,
      options: LayerOptions(
        hashKey: key, spaces: idSpaces, generation: 1, createdSeconds: 1, holdsKeys: false))
    let rows = users.compactMap { name, segments in
      userKey(name).map { ($0, Set(segments.map(registry.intern)).sorted()) }
    }
    for (key, segments) in rows.sorted(by: { $0.0 < $1.0 }) {
      try builder.append(key, segments.map { Membership(segment: $0) })
    }
    let names = registry
    _ = try builder.finish { names.name(of: $0) ?? "" }
    return try AudienceLayer(MappedFile(path: path))
  }

  private func suppression(of names: [String], path: String) throws -> SuppressionTable {
    let keys = names.compactMap(userKey)
    let slotCount = max(1, keys.count * 2)
    var slots = [UInt64](repeating: 0, count: slotCount * 2)
    for key in keys {
      var slot = SuppressionTable.home(of: key, slots: slotCount)
      while slots[slot * 2] | slots[slot * 2 + 1] != 0 { slot = (slot + 1) % slotCount }
      slots[slot * 2] = key.high
      slots[slot * 2 + 1] = key.low
    }
    let body = slots.flatMap(Self.bytes)
    var header = [
      SuppressionTable.magic, SuppressionTable.version, UInt64(keys.count), UInt64(slotCount),
      Checksum64.of(body.rawSpan), 0, 0,
    ].flatMap(Self.bytes)
    header += Self.bytes(Checksum64.of(header.rawSpan))
    let file = try File(path, .createNew)
    try file.write((header + body).rawSpan)
    return try SuppressionTable(MappedFile(path: path))
  }

  private static func bytes(_ word: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
  }
}
