import AuctionTypes
import FixedMemory

/// The binary form: a byte of kind, two of the length of what follows, and that.
extension JournalRecord {
  private enum Tag: UInt8 {
    case boot = 1
    case account, creative, exchange, plan, grant, returned, booked, win, winReleased, poolReleased
    case horizon
  }

  /// Bytes before each record's own: kind and length.
  package static let headerBytes = 3
  /// The longest record: a creative with two texts.
  package static let maximumBytes = headerBytes + 8 + 2 * (2 + LedgerLimits.textBytes)

  /// Adds the record's binary form.
  package func write(into bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(byte: tag.rawValue)
    bytes.append(half: 0)
    writeFields(into: &bytes)
    let count = bytes.count - start - Self.headerBytes
    bytes[start + 1] = UInt8(truncatingIfNeeded: count)
    bytes[start + 2] = UInt8(truncatingIfNeeded: count >> 8)
  }

  /// The record at an offset of a frame, which moves behind it.
  ///
  /// - Throws: ``LedgerDamage`` where no record can be read.
  package static func read(
    _ bytes: RawSpan, at offset: inout Int
  ) throws(LedgerDamage) -> JournalRecord {
    var header = RecordCursor(offset: offset, end: bytes.byteCount)
    guard let tag = Tag(rawValue: try header.byte(bytes)) else {
      throw LedgerDamage("a record's kind is unknown")
    }
    let count = Int(try header.half(bytes))
    guard count <= bytes.byteCount - header.offset else {
      throw LedgerDamage("a record is cut short")
    }
    var fields = RecordCursor(offset: header.offset, end: header.offset + count)
    let record = try read(tag, &fields, bytes)
    guard fields.isAtEnd else { throw LedgerDamage("a record is longer than its fields") }
    offset = fields.offset
    return record
  }

  private var tag: Tag {
    switch self {
    case .boot: .boot
    case .account: .account
    case .creative: .creative
    case .exchange: .exchange
    case .plan: .plan
    case .grant: .grant
    case .returned: .returned
    case .booked: .booked
    case .win: .win
    case .winReleased: .winReleased
    case .poolReleased: .poolReleased
    case .horizon: .horizon
    }
  }

  private func writeFields(into bytes: inout [UInt8]) {
    switch self {
    case .boot(let record): record.write(into: &bytes)
    case .account(let record): record.write(into: &bytes)
    case .creative(let record): record.write(into: &bytes)
    case .exchange(let record): record.write(into: &bytes)
    case .plan(let record): record.write(into: &bytes)
    case .grant(let record), .returned(let record): record.write(into: &bytes)
    case .booked(let record): record.write(into: &bytes)
    case .win(let record): record.write(into: &bytes)
    case .winReleased(let bid): bytes.append(bid)
    case .poolReleased(let boot): bytes.append(word: boot)
    case .horizon(let seconds): bytes.append(word32: seconds)
    }
  }

  private static func read(
    _ tag: Tag, _ cursor: inout RecordCursor, _ bytes: RawSpan
  ) throws(LedgerDamage) -> JournalRecord {
    switch tag {
    case .boot: .boot(try BootRecord(&cursor, bytes))
    case .account: .account(try AccountRecord(&cursor, bytes))
    case .creative: .creative(try CreativeRecord(&cursor, bytes))
    case .exchange: .exchange(try ExchangeRecord(&cursor, bytes))
    case .plan: .plan(try PlanRecord(&cursor, bytes))
    case .grant: .grant(try EscrowRecord(&cursor, bytes))
    case .returned: .returned(try EscrowRecord(&cursor, bytes))
    case .booked: .booked(try BookedRecord(&cursor, bytes))
    case .win: .win(try WinRecord(&cursor, bytes))
    case .winReleased: .winReleased(try cursor.bid(bytes))
    case .poolReleased: .poolReleased(boot: try cursor.word(bytes))
    case .horizon: .horizon(try cursor.word32(bytes))
    }
  }
}
