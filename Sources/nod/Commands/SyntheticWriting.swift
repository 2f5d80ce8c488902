import AuctionTypes
import AudienceIndex
import AudienceIngest
import FixedMemory
import Foundation
import LinuxIO

/// What `nod audience synth` wrote.
struct SyntheticFigures: Encodable {
  let users: Int
  let memberships: Int
  let seconds: Double
  /// The file, or the folder of the index.
  let path: String

  /// One line.
  var text: String {
    "\(users) users with \(memberships) memberships in \(seconds) s: \(path)"
  }
}

/// Writes synthetic users into an index or a file, with a line of progress on a terminal.
struct SyntheticWriting {
  private static let part = 100_000
  private let audience: SyntheticAudience
  private let addsToOthers: Bool
  private let showsProgress: Bool
  private let start = Clock.monotonicNanoseconds()

  /// - Parameter addsToOthers: whether an index that has users already is written to.
  init(_ audience: SyntheticAudience, addsToOthers: Bool, isQuiet: Bool) {
    self.audience = audience
    self.addsToOthers = addsToOthers
    showsProgress = !isQuiet && isatty(STDERR_FILENO) == 1
  }

  /// Writes all users; a file where a path is given, otherwise the index of the configuration.
  func write(
    _ feed: AudienceSource, _ configuration: Configuration, _ path: String?
  ) throws(CommandFailure) -> SyntheticFigures {
    do {
      let memberships: Int
      let target: String
      if let path {
        target = path
        memberships = try writeFile(path)
      } else {
        target = Directory(configuration.dataDirectory).path(of: AudienceReading.storeFolder)
        memberships = try writeIndex(target, feed, configuration.allSpaces)
      }
      progress(nil)
      let passed = Double(Clock.monotonicNanoseconds() - start) / 1e9
      return SyntheticFigures(
        users: audience.userCount, memberships: memberships,
        seconds: (passed * 10).rounded() / 10, path: target)
    } catch let failure as CommandFailure {
      progress(nil)
      throw failure
    } catch {
      progress(nil)
      throw CommandFailure(status: .cannotCreate, message: "\(error)")
    }
  }

  private func writeIndex(
    _ path: String, _ feed: AudienceSource, _ spaces: [IDSpace]
  ) throws -> Int {
    let store = try AudienceStore(AudienceStore.Options(path: path, spaces: spaces))
    guard let hasher = store.hasher(space: feed.idSpace) else {
      throw CommandFailure(
        status: .configuration, message: "the space `\(feed.idSpace)` is not configured")
    }
    let others = store.info.userCount
    guard others == 0 || addsToOthers else {
      throw CommandFailure(
        status: .cannotCreate,
        message: "\(path) has \(others) users, which might be real: --add writes beside them")
    }
    let segments = (1...audience.segmentCount).map {
      store.registry.intern("\(feed.segmentPrefix)\($0)")
    }
    let batch = try store.beginBatch(mode: .replaceUsers, segmentPrefix: feed.segmentPrefix)
    batch.beginFile()
    let now = WallTime(milliseconds: Clock.realtimeMilliseconds())
    let expiry =
      feed.ttlMilliseconds == 0
      ? 0 : UInt32(clamping: (now.milliseconds + feed.ttlMilliseconds) / 1000)
    var memberships = 0
    var changes: [SegmentChange] = []
    for user in 0..<audience.userCount {
      changes.removeAll(keepingCapacity: true)
      for segment in audience.row(of: user) {
        changes.append(.add(segments[Int(segment.rawValue)], until: expiry))
      }
      memberships += changes.count
      guard let key = hasher.key(of: audience.id(of: user)) else {
        throw CommandFailure(
          status: .dataError,
          message: "the id_format of `\(feed.idSpace)` does not take ids of 38 digits")
      }
      try batch.add(key, changes)
      if user % Self.part == 0 { progress(user) }
    }
    _ = try store.commit(batch, files: [], now: now)
    return memberships
  }

  private func writeFile(_ path: String) throws -> Int {
    let temporary = path + ".tmp"
    do {
      let memberships = try writeLines(temporary)
      try Directory.move(temporary, to: path)
      return memberships
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error
    }
  }

  private func writeLines(_ path: String) throws -> Int {
    let file = try File(path, .openOrCreate)
    try file.truncate(to: 0)
    var buffer = FixedBuffer(capacity: 1 << 20)
    let ids = audience.ids
    var memberships = 0
    for user in 0..<audience.userCount {
      // A user has at most one and a half times the mean; a number has at most ten digits.
      if buffer.freeCapacity < 64 + 24 * audience.meanSegments {
        try file.write(buffer.bytes)
        buffer.removeAll()
        progress(user)
      }
      ids.append(user, to: &buffer)
      var separator = UInt8(ascii: " ")
      for segment in audience.row(of: user) {
        buffer.append(separator)
        buffer.append(decimal: UInt64(segment.rawValue) + 1)
        separator = UInt8(ascii: ",")
        memberships += 1
      }
      buffer.append(UInt8(ascii: "\n"))
    }
    try file.write(buffer.bytes)
    try file.sync()
    return memberships
  }

  /// Shows how far it is; nil takes the line away.
  private func progress(_ user: Int?) {
    guard showsProgress else { return }
    let text = user.map { "\r\($0 / (audience.userCount / 100 + 1)) %" } ?? "\r\u{1B}[K"
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
