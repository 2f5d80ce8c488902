import FixedMemory

/// The first bytes of a file of events: magic, version, the file's number, the journal's place up
/// to which earlier files hold the bookings, and the sum of these (a u64 each, little-endian).
struct EventFileHeader: Equatable {
  var number: UInt32
  var position: JournalPosition

  static var byteCount: Int { 40 }
  private static var magic: UInt64 { 0x3154_4E56_4544_4F4E }  // NODEVNT1
  private static var version: UInt64 { 1 }

  init(number: UInt32, position: JournalPosition) {
    self.number = number
    self.position = position
  }

  /// nil where no header of that file is.
  init?(_ bytes: RawSpan, number: UInt32) {
    guard bytes.byteCount >= Self.byteCount, bytes.word(at: 0) == Self.magic,
      bytes.word(at: 8) == Self.version, bytes.word(at: 16) == UInt64(number),
      Checksum64.of(bytes.slice(0, 32)) == bytes.word(at: 32)
    else { return nil }
    self.init(number: number, position: JournalPosition(word: bytes.word(at: 24)))
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for word in [Self.magic, Self.version, UInt64(number), position.word] {
      bytes.append(word: word)
    }
    bytes.append(word: Checksum64.of(bytes.rawSpan))
    return bytes
  }
}
