import FixedMemory
import LinuxIO

@testable import AudienceIngest

/// The rules of the store in dictionaries: what the real one is held against, and what the inbox is
/// tested on. What it holds counts as durable.
final class ModelStore: UploadStore {
  struct User: Hashable {
    var source: String
    var id: String
  }

  /// Segments with the time at which each ends, in milliseconds.
  private(set) var rows: [User: [String: Int64]] = [:]
  private(set) var suppressed: Set<String> = []
  private(set) var generation: UInt64 = 0
  private var effects: [UploadIdentity: UploadEffect] = [:]
  private var fulls: [String: Int64] = [:]
  /// What the next commits throw, for a disk that is full.
  var failures: [any Error] = []
  let spaces: Set<String>

  init(spaces: Set<String> = ["nod", "ifa"]) { self.spaces = spaces }

  func effect(of upload: UploadIdentity) -> UploadEffect? { effects[upload] }

  func newestFull(source: AudienceSource) -> Int64? { fulls[source.name] }

  func begin(_ request: BatchRequest) -> ModelBatch { ModelBatch(request, spaces) }

  /// A user's segments of a source at a time, sorted.
  func segments(_ source: String, _ id: String, at milliseconds: Int64) -> [String] {
    (rows[User(source: source, id: id)] ?? [:]).filter { $0.value > milliseconds }.keys.sorted()
  }

  func commit(_ batch: ModelBatch) throws -> [UploadEffect] {
    if !failures.isEmpty { throw failures.removeFirst() }
    let before = rows
    let request = batch.request
    if request.mode == .full { clear(batch) }
    for line in batch.lines {
      for segment in line.added {
        let end = request.nowMilliseconds + request.source.ttlMilliseconds
        rows[line.user, default: [:]]["\(request.source.segmentPrefix)\(segment)"] = end
      }
      for segment in line.removed where request.mode == .incremental {
        rows[line.user]?["\(request.source.segmentPrefix)\(segment)"] = nil
      }
    }
    suppressed.formUnion(batch.suppressed)
    generation += 1
    if request.mode == .full, let time = request.timestampMilliseconds {
      fulls[request.source.name] = max(time, fulls[request.source.name] ?? 0)
    }
    let whole = effect(batch, before)
    let none = UploadEffect(generation: generation, memberships: .init(), users: .init())
    // The whole batch's changes stand at its first file.
    let each = [whole] + Array(repeating: none, count: request.uploads.count - 1)
    for (upload, effect) in zip(request.uploads, each) { effects[upload] = effect }
    return each
  }

  private func clear(_ batch: ModelBatch) {
    let named = Set(batch.lines.map(\.user))
    let name = batch.request.source.name
    let replacesAll = batch.request.source.fullReplaces == .all
    for user in rows.keys where user.source == name && (replacesAll || named.contains(user)) {
      rows[user] = [:]
    }
  }

  private func effect(_ batch: ModelBatch, _ before: [User: [String: Int64]]) -> UploadEffect {
    let now = batch.request.nowMilliseconds
    let live = { (row: [String: Int64]?) in
      Set((row ?? [:]).filter { $0.value > now }.keys)
    }
    var added = 0
    var removed = 0
    for user in Set(before.keys).union(rows.keys) {
      added += live(rows[user]).subtracting(live(before[user])).count
      removed += live(before[user]).subtracting(live(rows[user])).count
    }
    let users = Set(batch.lines.map(\.user))
    let new = users.filter { live(before[$0]).isEmpty && !live(rows[$0]).isEmpty }
    return UploadEffect(
      generation: generation, memberships: .init(added: added, removed: removed),
      users: .init(new: new.count, touched: users.count))
  }
}

final class ModelBatch: UploadBatch {
  struct Line {
    var user: ModelStore.User
    var added: [UInt64]
    var removed: [UInt64]
  }

  let request: BatchRequest
  private let spaces: Set<String>
  private(set) var lines: [Line] = []
  private(set) var suppressed: Set<String> = []

  init(_ request: BatchRequest, _ spaces: Set<String>) {
    self.request = request
    self.spaces = spaces
  }

  func beginFile() {}

  func take(id: RawSpan, added: [UInt64], removed: [UInt64]) -> Bool {
    let user = ModelStore.User(source: request.source.name, id: Self.text(id))
    lines.append(Line(user: user, added: added, removed: removed))
    return true
  }

  func suppress(space: RawSpan, id: RawSpan) -> SuppressionOutcome {
    guard spaces.contains(Self.text(space)) else { return .unknownSpace }
    suppressed.insert("\(Self.text(space)):\(Self.text(id))")
    return .taken
  }

  private static func text(_ bytes: RawSpan) -> String {
    LineReaderTests.text(of: ByteSlice(offset: 0, count: bytes.byteCount), in: bytes)
  }
}
