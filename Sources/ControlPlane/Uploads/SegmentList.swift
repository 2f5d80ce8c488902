import AuctionTypes
import AudienceIngest
import Foundation

/// The segments that exist for a key, by name: those with users, and those without that the key's
/// line items name.
struct SegmentList: Sendable {
  /// A segment as it is shown.
  struct Item: Encodable, Sendable, Equatable {
    let segment: String
    let source: String
    let advertiser: String?
    let users: Int
    let updatedAt: String?

    private enum CodingKeys: String, CodingKey {
      case segment, source, advertiser, users
      case updatedAt = "updated_at"
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(segment, forKey: .segment)
      try values.encode(source, forKey: .source)
      try values.encode(advertiser, forKey: .advertiser)
      try values.encode(users, forKey: .users)
      try values.encode(updatedAt, forKey: .updatedAt)
    }
  }

  /// A page of them, and what was counted when.
  struct Part: Encodable, Sendable {
    let items: [Item]
    let nextPageToken: String?
    let countedAt: String?
    let generation: UInt64?

    private enum CodingKeys: String, CodingKey {
      case items, generation
      case nextPageToken = "next_page_token"
      case countedAt = "counted_at"
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(items, forKey: .items)
      try values.encodeIfPresent(nextPageToken, forKey: .nextPageToken)
      try values.encode(countedAt, forKey: .countedAt)
      try values.encode(generation, forKey: .generation)
    }
  }

  private let sources: [AudiencePort.Source]
  private let visible: Set<String>
  private let census: SegmentCensus?
  private let named: [String]

  /// - Parameters:
  ///   - sources: all of them.
  ///   - visible: those whose segments are shown.
  ///   - named: segments that are shown without users as well.
  init(
    sources: [AudiencePort.Source], visible: [AudiencePort.Source], census: SegmentCensus?,
    named: Set<String>
  ) {
    // Of a segment's sources, the one with the longest prefix has it.
    self.sources = sources.filter { $0.format != .suppression }
      .sorted { ($0.segmentPrefix.utf8.count, $1.name) > ($1.segmentPrefix.utf8.count, $0.name) }
    self.visible = Set(visible.map(\.name))
    self.census = census
    self.named = named.sorted()
  }

  /// Segments behind a name.
  ///
  /// - Complexity: O(log segments + those looked at).
  func page(
    prefix: String, after: String?, size: Int, applied: [String: WallTime]
  ) -> Part {
    let counted = census?.segments ?? []
    var (index, other) = (
      start(in: counted.count, prefix, after) { counted[$0].name },
      start(in: named.count, prefix, after) { named[$0] }
    )
    var items: [Item] = []
    while items.count <= size {
      let one = index < counted.count ? counted[index].name : nil
      let two = other < named.count ? named[other] : nil
      guard let name = Self.lower(one, two), name.hasPrefix(prefix) else { break }
      let users = one == name ? counted[index].users : 0
      if one == name { index += 1 }
      if two == name { other += 1 }
      if let item = item(name, users, applied) { items.append(item) }
    }
    let shown = Array(items.prefix(size))
    return Part(
      items: shown,
      nextPageToken: items.count > size
        ? shown.last.map { PageRequest.token(after: $0.segment) } : nil,
      countedAt: census?.counted.rfc3339, generation: census?.generation)
  }

  private static func lower(_ one: String?, _ two: String?) -> String? {
    guard let one, let two else { return one ?? two }
    return min(one, two)
  }

  /// The first place whose name is behind one and not before a prefix.
  private func start(
    in count: Int, _ prefix: String, _ after: String?, _ name: (Int) -> String
  ) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let found = name(middle)
      let isBefore = found < prefix || after.map { found <= $0 } ?? false
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func item(_ name: String, _ users: Int, _ applied: [String: WallTime]) -> Item? {
    guard let source = sources.first(where: { name.hasPrefix($0.segmentPrefix) }) else {
      return nil
    }
    let sharing = sources.filter { $0.segmentPrefix == source.segmentPrefix }
    guard let shown = sharing.first(where: { visible.contains($0.name) }) else { return nil }
    let updated = sharing.compactMap { applied[$0.name] }.max()
    return Item(
      segment: name, source: shown.name, advertiser: shown.advertiser, users: users,
      updatedAt: updated?.rfc3339)
  }
}
