import AuctionTypes
import Foundation
import GRDB

/// Which bids have been counted for what, so that each counts once, within one transaction.
///
/// A row holds the bids of a worker's run of ``ReportLimits/bidsInChunk`` that had any notice:
/// three bytes each, the place in the run (lower byte first) and the marks.
struct SeenBids {
  /// What a bid was counted for.
  struct Marks: OptionSet, Sendable {
    let rawValue: UInt8

    static let booked = Marks(rawValue: 1)
    static let won = Marks(rawValue: 2)
    static let clicked = Marks(rawValue: 4)
    static let shown = Marks(rawValue: 8)
    static let lost = Marks(rawValue: 16)
  }

  private struct Key: Hashable {
    let boot: UInt64
    /// Worker and the upper bits of the sequence.
    let chunk: UInt64
  }

  /// A run of bids; a reference, so that a change copies nothing.
  private final class Chunk {
    var marks: [UInt8]
    var made: Int64
    var isChanged = false

    init(marks: [UInt8], made: Int64) {
      self.marks = marks
      self.made = made
    }
  }

  private let db: Database
  private var chunks: [Key: Chunk] = [:]

  /// Reads from and writes to an open transaction.
  init(_ db: Database) { self.db = db }

  /// Marks a bid; what of it is new.
  mutating func mark(_ bid: BidNumber, _ marks: Marks, madeAt: WallTime) throws -> Marks {
    let count = UInt64(ReportLimits.bidsInChunk)
    let key = Key(boot: bid.boot, chunk: UInt64(bid.worker) << 56 | bid.sequence / count)
    let place = Int(bid.sequence % count)
    let chunk = try chunks[key] ?? load(key)
    chunks[key] = chunk
    let old = Marks(rawValue: chunk.marks[place])
    let new = marks.subtracting(old)
    guard new != [] else { return [] }
    chunk.marks[place] = old.union(marks).rawValue
    chunk.isChanged = true
    chunk.made = max(chunk.made, madeAt.milliseconds)
    return new
  }

  /// Writes what has changed.
  func save() throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO delivery_seen VALUES (?, ?, ?, ?)
        ON CONFLICT (boot, chunk) DO UPDATE SET made = excluded.made, bids = excluded.bids
        """)
    for (key, chunk) in chunks where chunk.isChanged {
      try statement.execute(arguments: [
        Int64(bitPattern: key.boot), Int64(bitPattern: key.chunk), chunk.made,
        Self.encoded(chunk.marks),
      ])
    }
  }

  /// Forgets bids that were made before a time, whose notices count no more, and the oldest of more
  /// than are kept.
  static func forget(before time: WallTime, keeping: Int, in db: Database) throws {
    try db.execute(
      sql: "DELETE FROM delivery_seen WHERE made < ?", arguments: [time.milliseconds])
    try db.execute(
      sql: """
        DELETE FROM delivery_seen WHERE (boot, chunk) IN (
          SELECT boot, chunk FROM delivery_seen ORDER BY made DESC LIMIT -1 OFFSET ?)
        """, arguments: [keeping])
  }

  private func load(_ key: Key) throws -> Chunk {
    let row = try Row.fetchOne(
      try db.cachedStatement(
        sql: "SELECT made, bids FROM delivery_seen WHERE boot = ? AND chunk = ?"),
      arguments: [Int64(bitPattern: key.boot), Int64(bitPattern: key.chunk)])
    guard let row else {
      return Chunk(marks: [UInt8](repeating: 0, count: ReportLimits.bidsInChunk), made: 0)
    }
    return Chunk(marks: Self.decoded(row["bids"]), made: row["made"])
  }

  private static func encoded(_ marks: [UInt8]) -> Data {
    var bytes: [UInt8] = []
    for (place, mark) in marks.enumerated() where mark != 0 {
      bytes += [UInt8(truncatingIfNeeded: place), UInt8(truncatingIfNeeded: place >> 8), mark]
    }
    return Data(bytes)
  }

  private static func decoded(_ data: Data) -> [UInt8] {
    var marks = [UInt8](repeating: 0, count: ReportLimits.bidsInChunk)
    let bytes = [UInt8](data)
    for index in stride(from: 0, to: bytes.count - bytes.count % 3, by: 3) {
      let place = Int(bytes[index]) | Int(bytes[index + 1]) << 8
      if place < marks.count { marks[place] = bytes[index + 2] }
    }
    return marks
  }
}
