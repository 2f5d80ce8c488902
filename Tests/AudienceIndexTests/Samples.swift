import AuctionTypes
import LinuxIO

@testable import AudienceIndex

/// A key from two small numbers.
func key(_ high: UInt64, _ low: UInt64) -> UserKey { UserKey(high: high, low: low) }

/// A segment number.
func segment(_ number: Int) -> SegmentID { SegmentID(rawValue: UInt32(number)) }

/// A time in seconds.
func at(_ seconds: Int64) -> WallTime { WallTime(milliseconds: seconds * 1000) }

/// Rows in the order of their keys.
typealias Rows = [UserKey: [Membership]]

enum Samples {
  static let hashKey = HashKey(first: 0x0706_0504_0302_0100, second: 0x0f0e_0d0c_0b0a_0908)

  static func options(holdsKeys: Bool = false, mask: UInt32 = .max) -> LayerOptions {
    LayerOptions(
      hashKey: hashKey, spaces: [IDSpace(name: "nod"), .ifa], generation: 7, createdSeconds: 1000,
      holdsKeys: holdsKeys, fingerprintMask: mask)
  }

  /// Writes a layer file.
  static func write(_ rows: Rows, _ path: String, _ options: LayerOptions) throws {
    var builder = try LayerBuilder(path: path, options: options)
    for key in rows.keys.sorted() { try builder.append(key, rows[key] ?? []) }
    _ = try builder.finish { "seg:\($0.rawValue)" }
  }

  static func layer(_ path: String) throws -> AudienceLayer {
    try AudienceLayer(MappedFile(path: path))
  }

  /// Random users with up to `most` segments each, of segments below `segments`.
  static func rows(
    _ count: Int, segments: Int, most: Int, _ random: inout SyntheticGenerator
  ) -> Rows {
    var rows: Rows = [:]
    for _ in 0..<count {
      let user = key(random.next(), random.next())
      rows[user] = row(segments: segments, most: most, &random)
    }
    return rows
  }

  static func row(
    segments: Int, most: Int, _ random: inout SyntheticGenerator
  ) -> [Membership] {
    let count = Int.random(in: 0...most, using: &random)
    let numbers = Set((0..<count).map { _ in Int.random(in: 0..<segments, using: &random) })
    let shared = UInt32.random(in: 1...2_000_000_000, using: &random)
    return numbers.sorted().map { number in
      let expiry =
        switch Int.random(in: 0..<3, using: &random) {
        case 0: UInt32(0)
        case 1: shared
        default: UInt32.random(in: 1...UInt32.max, using: &random)
        }
      return Membership(segment: segment(number), expirySeconds: expiry)
    }
  }

  /// The segments of a user in a layer, ascending; nil when it has no row.
  static func lookup(
    _ user: UserKey, _ layer: borrowing AudienceLayer, _ scratch: inout AudienceScratch
  ) -> [SegmentID]? {
    scratch.removeAll()
    guard layer.lookup(user, into: &scratch) else { return nil }
    return segments(scratch)
  }

  /// The segments of a user in a view, ascending; nil when it has no row.
  static func lookup(
    _ user: UserKey, _ view: borrowing AudienceView, _ scratch: inout AudienceScratch
  ) -> [SegmentID]? {
    scratch.removeAll()
    guard view.lookup(user, into: &scratch) else { return nil }
    return segments(scratch)
  }

  static func segments(_ scratch: borrowing AudienceScratch) -> [SegmentID] {
    (0..<scratch.count).map { scratch.list[$0] }.sorted()
  }
}
