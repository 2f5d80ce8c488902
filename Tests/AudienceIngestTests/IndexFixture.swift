import AuctionTypes
import AudienceIndex
import Glibc
import LinuxIO

@testable import AudienceIngest

/// An audience index in a temporary folder.
final class IndexFixture {
  static let spaces = [IDSpace(name: "nod"), IDSpace(name: "ifa", format: .uuid)]

  let root = Directory("/tmp/nod-index-\(getpid())-\(UInt64.random(in: 0...UInt64.max))")
  private var opened: AudienceStore?

  init() throws {
    opened = try Self.open(root) { _ in }
  }

  deinit { try? root.removeAll() }

  var audience: AudienceStore { opened! }
  var store: IndexStore { IndexStore(audience, spaces: Self.spaces) }

  /// Opens the folder anew; whoever had the old index must let go of it before.
  func reopen(onStep: @escaping @Sendable (StoreStep) throws -> Void = { _ in }) throws {
    opened = nil
    opened = try Self.open(root, onStep: onStep)
  }

  private static func open(
    _ root: Directory, onStep: @escaping @Sendable (StoreStep) throws -> Void
  ) throws -> AudienceStore {
    var options = AudienceStore.Options(path: root.path, spaces: spaces)
    options.stageMemoryBytes = 4 << 10
    options.onStep = onStep
    return try AudienceStore(options)
  }

  /// A user's segments at a time, by the records and as bids see them.
  func segments(_ id: String, at milliseconds: Int64) -> (records: [String], bids: [String]) {
    guard let key = audience.hasher(space: "nod")?.key(of: id) else { return ([], []) }
    let seconds = UInt32(milliseconds / 1000)
    let records = (audience.memberships(of: key) ?? []).filter {
      $0.expirySeconds == 0 || $0.expirySeconds > seconds
    }
    var scratch = AudienceScratch()
    let view = audience.view()
    var bids: [String] = []
    if view.lookup(key, into: &scratch) {
      for index in 0..<scratch.count {
        bids.append(audience.registry.name(of: scratch.list[index]) ?? "?")
      }
    }
    return (records.map(\.segment).sorted(), bids.sorted())
  }
}
